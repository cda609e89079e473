{#-
    Adds `set not null` to a plan, refused where rows hold no value. `read_as` is the column's live name
    when the same plan renames it.

    Example: require_column(this, 'full_name', 'name', plan)
-#}
{% macro require_column(relation, name, read_as, plan) -%}
    {%- set query -%}
        select count(*) as n from {{ relation }} where {{ adapter.quote(read_as) }} is null
    {%- endset -%}
    {%- set empty = run_query(query).rows[0]['n'] -%}
    {%- if empty > 0 -%}
        {%- do plan.problems.append(finding(
            'R0705', relation.schema ~ '.' ~ relation.identifier ~ '.' ~ name,
            'is to become required, but ' ~ empty ~ ' rows hold no value',
            'fill them first, or do not require the column'
        )) -%}
    {%- endif -%}
    {%- do plan.statements.append(
        'alter table ' ~ relation ~ ' alter column ' ~ adapter.quote(name) ~ ' set not null'
    ) -%}
{%- endmacro %}
