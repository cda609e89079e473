{#-
    How a typed view reads the cells that may hold several values: one group for each column with a value_separator, or
    for the columns of one value_group, whose values belong together. Each is {name, columns, parts, problem}: `parts`
    is null where the cells hold one value each, and otherwise a JSON array of what each value is read as, by the names
    of the view's columns, without repetition and in the order of their characters: the order in the file says nothing.
    The first of them stands in the view's columns. `problem` is the code of a row in which the columns of a group hold
    different numbers of values, so that nobody knows which belong together.

    Both are SQL expressions over `said.<column>`, the cells as they are written.

    Example: cells_of_several(registered_sources()['google_contacts'], memo)
-#}
{% macro cells_of_several(source, memo) -%}
    {%- set groups = [] -%}
    {%- for group, columns in columns_of_several(source).items() -%}
        {%- set lists = [] -%}
        {%- set places = [] -%}
        {%- set written = [] -%}
        {%- for name, column in columns.items() -%}
            {%- set separator = sql_literal(column.value_separator) -%}
            {%- do lists.append('string_to_array(said.' ~ name ~ ', ' ~ separator ~ ')') -%}
            {%- do places.append('strpos(said.' ~ name ~ ', ' ~ separator ~ ')') -%}
            {%- do written.append('(' ~ sql_literal(name) ~ ', said.' ~ name ~ ', ' ~ separator ~ ')') -%}
        {%- endfor -%}
        {%- set are_several = 'greatest(' ~ places | join(', ') ~ ') > 0' -%}
        {%- set filled -%}
            from (values {{ written | join(', ') }}) as cell (name, text, separator)
            where btrim(cell.text) <> ''
        {%- endset -%}
        {%- set counted = 'cardinality(string_to_array(cell.text, cell.separator))' -%}
        {%- set is_even = '(select count(distinct ' ~ counted ~ ') = 1 ' ~ filled ~ ')' -%}
        {%- do groups.append({
            'name': group,
            'columns': columns.keys() | list,
            'parts': 'case when ' ~ are_several ~ (' and ' ~ is_even if columns | length > 1 else '')
                ~ ' then ' ~ read_parts(columns, lists, source, memo) ~ ' end',
            'problem': 'case when parts.' ~ group ~ ' is null and ' ~ are_several
                ~ " then (select 'uneven_values:' || cell.name " ~ filled
                ~ ' order by ' ~ counted ~ ', cell.name limit 1) end' if columns | length > 1,
        }) -%}
    {%- endfor -%}
    {{ return(groups) }}
{%- endmacro %}

{#- The values of the columns' cells, read as cell_reading() reads one, as a scalar query. -#}
{% macro read_parts(columns, lists, source, memo) -%}
    {%- set pieces = [] -%}
    {%- set said = [] -%}
    {%- set told_apart_by = [] -%}
    {%- set spellings = [] -%}
    {%- set problems = [] -%}
    {%- set joins = [] -%}
    {%- for name, column in columns.items() -%}
        {%- set reading = cell_reading(name, column, source, memo) -%}
        {%- if reading.problem and not reading.raw -%}
            {{ exceptions.raise_compiler_error(
                model.name ~ '.' ~ name ~ ': a cell of several values cannot be read as ' ~ column.parse_format
                ~ '\n    cure: take the value_separator out of seeds/qinexus/qinexus__seed_source_columns.csv'
            ) }}
        {%- endif -%}
        {%- do pieces.append('nullif(btrim(piece.' ~ name ~ "), '') as " ~ name) -%}
        {%- do said.append(reading.value ~ ' as ' ~ name) -%}
        {%- if reading.raw -%}
            {%- do said.append('cell.' ~ name ~ ' as ' ~ name ~ '_raw') -%}
            {%- do spellings.append('cell.' ~ name ~ ' collate "C"') -%}
        {%- endif -%}
        {%- do told_apart_by.append('coalesce(' ~ reading.value ~ ', cell.' ~ name ~ ') collate "C"') -%}
        {%- if reading.join -%}{%- do joins.append(reading.join) -%}{%- endif -%}
        {%- if reading.problem -%}{%- do problems.append(cell_problem(name, reading)) -%}{%- endif -%}
    {%- endfor -%}
    {%- if problems -%}
        {%- do said.append('array_remove(array[' ~ problems | join(', ') ~ '], null) as problem_codes') -%}
    {%- endif -%}
    {%- set names = columns.keys() | list -%}
    (
        select coalesce(jsonb_agg(to_jsonb(part)), '[]')
        from (
            select distinct on ({{ told_apart_by | join(', ') }}) {{ said | join(', ') }}
            from (
                select {{ pieces | join(', ') }}
                from unnest({{ lists | join(', ') }}) as piece ({{ names | join(', ') }})
            ) as cell
            {{ joins | join(' ') }}
            where coalesce(cell.{{ names | join(', cell.') }}) is not null
            order by {{ (told_apart_by + spellings) | join(', ') }}
        ) as part
    )
{%- endmacro %}

{#- The columns of a source whose cells may hold several values, by group: group → name → column. -#}
{% macro columns_of_several(source) -%}
    {%- set groups = {} -%}
    {%- for name, column in source.columns.items() if column.value_separator and column.parse_format != 'text_list' -%}
        {%- do groups.setdefault(column.value_group or name, {}).update({name: column}) -%}
    {%- endfor -%}
    {{ return(groups) }}
{%- endmacro %}
