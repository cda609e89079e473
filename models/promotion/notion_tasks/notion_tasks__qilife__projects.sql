with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

-- A task has to have its project, whether or not the export holds it. The project's own row says more, and is heard
-- if it comes in the same build, since notion_projects comes first.
final as (
    select distinct on (tasks.project_id)
        tasks.project_id as id,
        tasks.project_entity_id as entity_id,
        tasks.project_name as name,
        'notion:' || tasks.project_entity_id as external_key,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    where tasks.project_id is not null
        and {{ last_word_of('tasks.project_id') }} is null
    order by tasks.project_id asc, tasks.created_at desc, tasks.row_number desc
)

select * from final
