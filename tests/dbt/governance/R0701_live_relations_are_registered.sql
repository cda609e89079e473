{{ after_everything() }}
with live as ({{ live_relations() }})

select
    'R0701' as rule_code,
    live.schema_name || '.' || live.table_name as object,
    'is live, but qieos.tables does not know it' as detail
from live
where not exists (
    select from {{ ref('qieos__tables') }} as registered
    inner join {{ ref('qieos__schemas') }} as home on home.id = registered.schema_id
    where home.schema_name = live.schema_name
        and registered.table_name = live.table_name
        and registered.deprecated_at is null
)
