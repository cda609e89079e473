with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

undertakings as (
    select
        entity_id as id,
        'project' as entity_type,
        coalesce(title, 'Untitled') as display_name,
        description,
        'notion:page:' || coalesce(external_id, entity_id::text) as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from projects
),

people as (
    {{ notion_person_entities(ref('staging__notion_projects'), 'owners') }}
),

final as (
    select * from undertakings
    union all
    select * from people
)

select * from final
