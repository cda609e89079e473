{#- The incremental strategy `upsert_changed`: dbt finds it by this name. -#}
{% macro get_incremental_upsert_changed_sql(arg_dict) -%}
    {%- set supplied = arg_dict.dest_columns | map(attribute='name') | list -%}
    {{ return(upsert_changed(arg_dict.target_relation, arg_dict.temp_relation, supplied)) }}
{%- endmacro %}
