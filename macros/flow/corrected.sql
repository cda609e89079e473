{#-
    The rows that an import is about to write, with the values that people gave instead (core.corrections)
    in their place. What the source said stays as it is, so its last word is kept for the day on which the
    correction is withdrawn; and a merge that reads these rows finds no conflict, since the table holds the
    same value. A table without corrections costs one look at the index, and its rows are written as they are.

    Example: select {{ quoted_list(supplied) }} from {{ corrected('spoken', target, supplied) }} as said
-#}
{% macro corrected(rows, target, supplied) -%}
    {%- set columns = corrected_columns(target) -%}
    {%- if columns | select('in', supplied) | list | length == 0 -%}{{ return(rows) }}{%- endif -%}
    (
        select
            {% for name in supplied -%}
                {%- set quoted = adapter.quote(name) -%}
                {%- if name in columns -%}
                    case when given.column_values ? {{ sql_literal(name) }} then value.{{ quoted }} else said.{{ quoted }} end as {{ quoted }}
                {%- else -%}
                    said.{{ quoted }}
                {%- endif -%}
                {%- if not loop.last %}, {% endif %}
            {%- endfor %}
        from {{ rows }} as said
        left join {{ standing_corrections(target) }} as given on given.target_id = said.id
        cross join lateral jsonb_populate_record(null::{{ target }}, coalesce(given.column_values, '{}')) as value
    )
{%- endmacro %}

{#-
    A statement that gives rows the corrected values of the columns that an import does not supply: a row that
    was taken back and comes in again has only defaults there. Empty where there is no such column.

    Example: {{ restore_corrections(target, supplied, contract) }}
-#}
{% macro restore_corrections(target, supplied, contract) -%}
    {%- for name in corrected_columns(target) if name in contract.columns and name not in supplied %}
        {%- set quoted = adapter.quote(name) %}
    update {{ target }} as target
    set {{ quoted }} = value.{{ quoted }} {{- touched_columns(contract) }}
    from {{ standing_corrections(target) }} as given
    cross join lateral jsonb_populate_record(null::{{ target }}, given.column_values) as value
    where given.target_id = target.id and given.column_values ? {{ sql_literal(name) }}
        and target.{{ quoted }} is distinct from value.{{ quoted }};
    {%- endfor %}
{%- endmacro %}

{#-
    The columns of a table in which corrections stand. Who corrects meanwhile waits until this table is
    written, so that no import overwrites a value that was given while it ran.
-#}
{% macro corrected_columns(target) -%}
    {%- if adapter.get_relation(target.database, 'core', 'corrections') is none -%}{{ return([]) }}{%- endif -%}
    {{ return(run_query(
        'lock table core.corrections in share mode; select distinct column_name from core.corrections where '
        ~ correction_of(target)
    ).columns[0].values() | list) }}
{%- endmacro %}

{#- The standing corrections of a table as (target_id, column_values), a row for each corrected row. -#}
{% macro standing_corrections(target) -%}
    (
        select target_id, jsonb_object_agg(column_name, corrected_value order by corrected_at) as column_values
        from core.corrections
        where {{ correction_of(target) }}
        group by target_id
    )
{%- endmacro %}

{% macro correction_of(target) -%}
    withdrawn_at is null and target_schema = {{ sql_literal(target.schema) }} and target_table = {{ sql_literal(target.identifier) }}
{%- endmacro %}
