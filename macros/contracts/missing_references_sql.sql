{#-
    The registered foreign keys, between columns that exist, that are not there or not validated. A column
    that does not exist is that of a model which failed, and said so.

    Example: run_query(missing_references_sql(registered_references(graph))) → name, is_live
-#}
{% macro missing_references_sql(registered) -%}
    with registered as (
        select
            reference.key as name,
            reference.value ->> 'name' as constraint_name,
            reference.value ->> 'relation' as source,
            reference.value ->> 'column' as source_column,
            reference.value ->> 'target' as target,
            reference.value ->> 'target_column' as target_column
        from jsonb_each({{ sql_literal(tojson(registered)) }}::jsonb) as reference
    )
    select registered.name, live.oid is not null as is_live
    from registered
    left join pg_catalog.pg_constraint as live
        on live.conrelid = to_regclass(registered.source)
            and live.conname = registered.constraint_name
            and live.contype = 'f'
    inner join pg_catalog.pg_attribute as source_column
        on source_column.attrelid = to_regclass(registered.source) and source_column.attname = registered.source_column
    inner join pg_catalog.pg_attribute as target_column
        on target_column.attrelid = to_regclass(registered.target) and target_column.attname = registered.target_column
    where live.convalidated is not true
    order by registered.name
{%- endmacro %}
