{#-
    The select that makes a registry table from its seed: each column of the contract that dbt writes, read
    from the seed's text by its type, and the id from the natural key. `resolved` gives the expressions
    of columns that the seed names by another key.

    Example: {{ registry_image(ref('qieos__seed_modules')) }}
-#}
{% macro registry_image(seed, resolved={}) -%}
    {%- set contract = contract_of(model) -%}
    {%- set columns = [] -%}
    {%- for column in contract.columns.values() if column.written_by == 'dbt' and column.name != 'id' -%}
        {%- set quoted = adapter.quote(column.name) -%}
        {%- do columns.append((resolved.get(column.name) or seed_value(quoted, column.data_type)) ~ ' as ' ~ quoted) -%}
    {%- endfor -%}
    with image as (
        select
            {{ columns | join(',\n            ') }}
        from {{ seed }}
    )

    select
        {{ registry_id(model) }} as id,
        image.*
    from image
{%- endmacro %}

{#- A seed's text cell read as a type; an empty flag is false, a list is separated by `|`. -#}
{% macro seed_value(cell, data_type) -%}
    {%- if data_type == 'boolean' -%}
        {{ return('coalesce(' ~ cell ~ "::boolean, false)") }}
    {%- elif data_type == 'text[]' -%}
        {{ return('string_to_array(' ~ cell ~ ", '|')") }}
    {%- elif data_type == 'text' -%}
        {{ return(cell) }}
    {%- endif -%}
    {{ return(cell ~ '::' ~ data_type) }}
{%- endmacro %}

{#- The stable id of a registry row, from the columns of its natural key. -#}
{% macro registry_id(node) -%}
    {%- set parts = [sql_literal(node.schema ~ '.' ~ node.alias)] -%}
    {%- for name in node.config.meta.get('natural_key', []) -%}
        {%- do parts.append('image.' ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {{ return(stable_id(parts)) }}
{%- endmacro %}

{#- The id that a registry table gives to the row with these natural keys (SQL expressions). -#}
{% macro registry_key(table, keys) -%}
    {{ return(stable_id([sql_literal(table)] + keys)) }}
{%- endmacro %}
