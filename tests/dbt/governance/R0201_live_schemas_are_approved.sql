{{ after_everything() }}
select
    'R0201' as rule_code,
    namespace.nspname::text as object,
    'the schema is live, but qieos.schemas does not approve it' as detail
from pg_catalog.pg_namespace as namespace
where namespace.nspname not like 'pg\_%'
    and namespace.nspname <> 'information_schema'
    -- Every new PostgreSQL database has a schema `public`; an empty one holds nothing to govern.
    and not (
        namespace.nspname = 'public'
        and not exists (
            select from pg_catalog.pg_class as relation
            where relation.relnamespace = namespace.oid
        )
    )
    and not exists (
        select from {{ ref('qieos__schemas') }} as approved
        -- A proposed schema that is live is the finding of R0502.
        where approved.schema_name = namespace.nspname
            and approved.status in ('active', 'proposed')
            and approved.deprecated_at is null
    )
    -- What was renamed is told once, by the name that it has lost: the finding of R1501.
    and not exists (
        select from {{ ref('qieos__schemas') }} as lost
        where lost.status = 'active'
            and lost.deprecated_at is null
            and to_regnamespace(lost.schema_name) is null
            and lost.purpose = obj_description(namespace.oid, 'pg_namespace')
    )
