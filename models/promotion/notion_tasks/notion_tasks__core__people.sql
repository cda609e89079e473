with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

people as (
    select distinct on (lower(person.name))
        {{ notion_entity('lower(person.name)', 'person') }} as entity_id,
        person.name as full_name,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    cross join lateral unnest(tasks.assignees) as person (name)
    order by lower(person.name), tasks.created_at desc, tasks.row_number desc
),

final as (
    select
        {{ stable_id(["'core.people'", 'entity_id']) }} as id,
        people.*
    from people
)

select * from final
