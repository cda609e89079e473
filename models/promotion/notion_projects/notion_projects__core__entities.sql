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
    select distinct on (lower(person.name))
        {{ notion_entity('lower(person.name)', 'person') }} as id,
        'person' as entity_type,
        person.name as display_name,
        null as description,
        'notion:person:' || lower(person.name) as external_key,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.owners) as person (name)
    order by lower(person.name), projects.created_at desc, projects.row_number desc
),

final as (
    select * from undertakings
    union all
    select * from people
)

select * from final
