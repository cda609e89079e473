{{ after_everything() }}
select
    'R0502' as rule_code,
    schema_name as object,
    'the schema is live, but qieos.schemas only proposes it' as detail
from {{ ref('qieos__schemas') }}
where status = 'proposed' and deprecated_at is null and to_regnamespace(schema_name) is not null
