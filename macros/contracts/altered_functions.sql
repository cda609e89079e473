{#-
    The query for the functions of built_functions() that are missing, or not as they are written there: name, is_live.

    Example: run_query(altered_functions())
-#}
{% macro altered_functions() -%}
    select
        built.name,
        live.oid is not null as is_live
    from (
        values
        {%- for name, definition in built_functions().items() %}
        ({{ sql_literal(name) }}, {{ sql_literal(definition.split() | join(' ') | lower) }}){{ ',' if not loop.last }}
        {%- endfor %}
    ) as built (name, definition)
    left join pg_catalog.pg_proc as live on live.oid = to_regprocedure(built.name)
    where live.oid is null
        or lower(btrim(regexp_replace(pg_get_functiondef(live.oid), '\s+', ' ', 'g'))) <> built.definition
{%- endmacro %}
