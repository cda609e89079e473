{{ after_everything() }}
select
    'R1501' as rule_code,
    schema_name as object,
    'the schema is approved, but not live' as detail
from {{ ref('qieos__schemas') }}
where status = 'active' and deprecated_at is null and to_regnamespace(schema_name) is null
