with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

people as (
    select distinct on (lower(person.name))
        {{ notion_entity('lower(person.name)', 'person') }} as entity_id,
        person.name as full_name,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.owners) as person (name)
    order by lower(person.name), projects.created_at desc, projects.row_number desc
),

final as (
    select
        {{ stable_id(["'core.people'", 'entity_id']) }} as id,
        people.*
    from people
)

select * from final
