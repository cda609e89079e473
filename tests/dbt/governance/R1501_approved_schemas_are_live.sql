{{ after_everything() }}
select
    'R1501' as rule_code,
    approved.schema_name as object,
    'the schema is approved, but not live' || coalesce('; it was renamed to ' || renamed.nspname, '') as detail
from {{ ref('qieos__schemas') }} as approved
left join pg_catalog.pg_namespace as renamed
    on obj_description(renamed.oid, 'pg_namespace') = approved.purpose
where approved.status = 'active' and approved.deprecated_at is null and to_regnamespace(approved.schema_name) is null
