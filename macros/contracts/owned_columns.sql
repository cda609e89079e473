{#-
    The supplied columns that a writer owns by the registry; the key and the timestamps are nobody's.

    Example: owned_columns(contract_of(model), ['id', 'full_name', 'status'], 'dbt') → ['full_name']
-#}
{% macro owned_columns(contract, supplied, writer) -%}
    {%- set owned = [] -%}
    {%- for column in contract.columns.values()
        if column.name in supplied and column.name != 'id' and column.written_by == writer -%}
        {%- do owned.append(column.name) -%}
    {%- endfor -%}
    {{ return(owned) }}
{%- endmacro %}

{#- `updated_at = now(), …` for the tables that have those columns, each with a leading comma. -#}
{% macro touched_columns(contract) -%}
    {%- if 'updated_at' in contract.columns -%}, "updated_at" = now(){%- endif -%}
    {%- if 'updated_by' in contract.columns -%}, "updated_by" = session_user{%- endif -%}
{%- endmacro %}
