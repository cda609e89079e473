{#-
    The live tables, views and other relations of the approved schemas: oid, schema_name, table_name,
    is_view.

    Example: with live as ({{ live_relations() }})
-#}
{% macro live_relations() -%}
    select
        relation.oid,
        namespace.nspname::text as schema_name,
        relation.relname::text as table_name,
        relation.relkind in ('v', 'm') as is_view
    from pg_catalog.pg_class as relation
    inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
    inner join {{ ref('qieos__schemas') }} as approved
        on approved.schema_name = namespace.nspname and approved.status = 'active'
    where relation.relkind in ('r', 'p', 'v', 'm', 'f')
{%- endmacro %}
