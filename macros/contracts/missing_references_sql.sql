{#-
    The registered foreign keys, between tables that exist, that are not there or not validated.

    Example: run_query(missing_references_sql(registered_references(graph))) → name, is_live
-#}
{% macro missing_references_sql(registered) -%}
    with registered as (
        select
            reference.key as name,
            reference.value ->> 'name' as constraint_name,
            reference.value ->> 'relation' as source,
            reference.value ->> 'target' as target
        from jsonb_each({{ sql_literal(tojson(registered)) }}::jsonb) as reference
    )
    select registered.name, live.oid is not null as is_live
    from registered
    left join pg_catalog.pg_constraint as live
        on live.conrelid = to_regclass(registered.source)
            and live.conname = registered.constraint_name
            and live.contype = 'f'
    where to_regclass(registered.source) is not null
        and to_regclass(registered.target) is not null
        and live.convalidated is not true
    order by registered.name
{%- endmacro %}
