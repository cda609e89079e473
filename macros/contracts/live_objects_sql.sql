{#-
    The query of live_objects(): name, definition, hash. `relation` is an expression that names the table.

    Example: live_objects_sql("'core.people'")
-#}
{% macro live_objects_sql(relation) -%}
    select live.name, live.definition, md5(live.definition) as hash
    from (
        select conname as name, pg_get_constraintdef(oid) as definition
        from pg_catalog.pg_constraint
        where conrelid = to_regclass({{ relation }}) and contype in ('p', 'u', 'c')
        union all
        select index.relname as name, pg_get_indexdef(indexrelid) as definition
        from pg_catalog.pg_index
        inner join pg_catalog.pg_class as index on index.oid = indexrelid
        where indrelid = to_regclass({{ relation }})
            and not exists (select from pg_catalog.pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
        union all
        {#- A trigger that was switched off has the same text. #}
        select tgname as name, pg_get_triggerdef(oid) || ' -- ' || tgenabled::text as definition
        from pg_catalog.pg_trigger
        where tgrelid = to_regclass({{ relation }}) and not tgisinternal
    ) as live
{%- endmacro %}
