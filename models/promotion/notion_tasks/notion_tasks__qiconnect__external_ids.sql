with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

final as (
    select
        {{ stable_id(["'qiconnect.external_ids'", 'providers.provider_key', "'page'", 'tasks.external_id']) }} as id,
        providers.id as provider_id,
        'page' as external_type,
        tasks.external_id,
        tasks.entity_id,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    inner join {{ ref('qiconnect__providers') }} as providers on providers.provider_key = 'notion'
    where tasks.external_id is not null
)

select * from final
