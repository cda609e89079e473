{#-
    How a column's cell is read by its parse_format: {value, problem, raw, join}, SQL expressions over `cell.<name>`.
    `problem` is the code's expression where a reading can fail. E-mail addresses and telephone numbers
    are looked up among the values that `qios` normalized, so that a library reads them, not SQL.

    Example: cell_reading('birth_date', source.columns.birth_date, source, memo).value
-#}
{% macro cell_reading(name, column, source, memo) -%}
    {%- set cell = 'cell.' ~ name -%}
    {%- set parse_format = column.parse_format -%}
    {%- if parse_format == 'text' -%}
        {{ return({'value': cell}) }}
    {%- elif parse_format == 'digits' -%}
        {{ return({'value': "substring(" ~ cell ~ " from '^(?:[a-z]+_)?([0-9]+)$')", 'problem': "'invalid_digits'"}) }}
    {%- elif parse_format == 'word' -%}
        {{ return({'value': 'lower(' ~ cell ~ ')'}) }}
    {%- elif parse_format == 'integer' -%}
        {{ return({
            'value': 'case when ' ~ cell ~ " ~ '^[+-]?[0-9]{1,9}$' then " ~ cell ~ '::integer end',
            'problem': "'invalid_integer'",
        }) }}
    {%- elif parse_format == 'decimal' -%}
        {{ return({'value': read_decimal(cell, source.decimal_mark, source.group_mark), 'problem': "'invalid_decimal'"}) }}
    {%- elif parse_format == 'currency' -%}
        {{ return({
            'value': 'case when upper(' ~ cell ~ ') in (' ~ iso_4217_codes() ~ ') then upper(' ~ cell ~ ') when ' ~ cell
                ~ ' is null then ' ~ (sql_literal(source.currency) if source.currency else 'null') ~ ' end',
            'problem': "'invalid_currency'",
        }) }}
    {%- elif parse_format == 'boolean' -%}
        {{ return({
            'value': "case when lower(" ~ cell ~ ") in ('true', 'yes', '1') then true when lower(" ~ cell
                ~ ") in ('false', 'no', '0') then false end",
            'problem': "'invalid_boolean'",
        }) }}
    {%- elif parse_format == 'date' -%}
        {{ return({'value': read_time(cell, source.date_formats, 'date'), 'problem': "'invalid_date'"}) }}
    {%- elif parse_format == 'datetime' -%}
        {{ return({
            'value': '(' ~ read_time(cell, source.datetime_formats, 'timestamp') ~ ') at time zone ' ~ sql_literal(source.time_zone),
            'problem': "'invalid_datetime'",
        }) }}
    {%- elif parse_format == 'moment' -%}
        {{ return({'value': read_moment(cell, source), 'problem': "'invalid_moment'"}) }}
    {%- elif parse_format == 'period' -%}
        {%- set period = 'period_' ~ name -%}
        {{ return({
            'value': 'case when ' ~ period ~ '.begins <= ' ~ period ~ '.ends then tstzrange(' ~ period ~ '.begins, '
                ~ period ~ ".ends, '[]') end",
            'problem': "'invalid_period'",
            'raw': true,
            'join': 'cross join lateral ' ~ read_period(cell, source) ~ ' as ' ~ period,
        }) }}
    {%- elif parse_format == 'text_list' -%}
        {{ return({'value': 'string_to_array(' ~ cell ~ ', ' ~ sql_literal(column.value_separator or '') ~ ')'}) }}
    {%- elif parse_format == 'relations' -%}
        {{ return({'value': read_relations(cell), 'raw': true}) }}
    {%- elif parse_format in ('email', 'e164') -%}
        {%- set found = 'read_' ~ name -%}
        {{ return({
            'value': found ~ '.canonical_value',
            'problem': 'coalesce(' ~ found ~ ".problem_code, 'not_normalized')",
            'raw': true,
            'join': 'left join ' ~ memo ~ ' as ' ~ found ~ ' on ' ~ found ~ ".canonical_format = '" ~ parse_format ~ "' and "
                ~ found ~ '.region = ' ~ sql_literal(source.region if parse_format == 'e164' else '')
                ~ ' and ' ~ found ~ '.raw_value = ' ~ cell,
        }) }}
    {%- endif -%}
    {{ exceptions.raise_compiler_error(
        model.name ~ '.' ~ name ~ ': no reading for the parse_format ' ~ parse_format
        ~ '\n    cure: use one of the allowed values of the field parse_format in seeds/qinexus/qinexus__seed_source_columns.csv'
    ) }}
{%- endmacro %}

{#- The problem code of a cell that is not empty and cannot be read; null otherwise. -#}
{% macro cell_problem(name, reading) -%}
    case when cell.{{ name }} is not null and {{ reading.value }} is null then {{ reading.problem }} || ':{{ name }}' end
{%- endmacro %}
