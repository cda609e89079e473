with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

final as (
    select
        {{ stable_id(["'qiconnect.external_ids'", 'providers.provider_key', "'page'", 'projects.external_id']) }} as id,
        providers.id as provider_id,
        'page' as external_type,
        projects.external_id,
        projects.entity_id,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    inner join {{ ref('qiconnect__providers') }} as providers on providers.provider_key = 'notion'
    where projects.external_id is not null
)

select * from final
