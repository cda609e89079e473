{#-
    dbt's cast of a unit test's value, for arrays too: PostgreSQL's catalog calls every array type ARRAY,
    which is no type to cast to. All arrays of the registry are text[].

    Example: safe_cast("'{a,b}'", 'ARRAY') → cast('{a,b}' as text[])
-#}
{% macro postgres__safe_cast(field, type) -%}
    cast({{ field }} as {{ 'text[]' if type == 'ARRAY' else type }})
{%- endmacro %}
