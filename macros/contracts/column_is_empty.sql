{#-
    Whether no row of a live table holds a value in a column.

    Example: column_is_empty(this, 'explanation')
-#}
{% macro column_is_empty(relation, name) -%}
    {%- set query -%}
        select not exists (select from {{ relation }} where {{ adapter.quote(name) }} is not null) as is_empty
    {%- endset -%}
    {{ return(run_query(query).rows[0]['is_empty']) }}
{%- endmacro %}
