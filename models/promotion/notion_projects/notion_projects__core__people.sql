with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

assignees as (
    select lower(person.name) as name
    from tasks
    cross join lateral unnest(tasks.assignees) as person (name)
),

-- Whoever has a task as well comes with the tasks.
people as (
    select distinct on (lower(person.name))
        {{ notion_entity('lower(person.name)', 'person') }} as entity_id,
        person.name as full_name,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.owners) as person (name)
    where lower(person.name) not in (select assignees.name from assignees)
    order by lower(person.name), projects.created_at desc, projects.row_number desc
),

final as (
    select
        {{ stable_id(["'core.people'", 'entity_id']) }} as id,
        people.*
    from people
)

select * from final
