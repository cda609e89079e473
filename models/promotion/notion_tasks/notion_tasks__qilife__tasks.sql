with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

parents as (
    select
        tasks.task_id,
        {{ stable_id(["'qilife.tasks'", notion_entity('tasks.parent_tasks[1]')]) }} as parent_task_id
    from tasks
    where cardinality(tasks.parent_tasks) > 0
),

-- A parent that no export has held yet is known as an entity, but is no task.
known_parents as (
    select parents.*
    from parents
    where parents.parent_task_id in (select tasks.task_id from tasks)
        or {{ last_word_of('parents.parent_task_id') }} is not null
),

final as (
    select
        tasks.task_id as id,
        tasks.entity_id,
        coalesce(tasks.title, 'Untitled') as title,
        tasks.description,
        tasks.project_id,
        known_parents.parent_task_id,
        case when cardinality(tasks.assignees) > 0 then {{ notion_entity('lower(tasks.assignees[1])', 'person') }} end
            as assignee_entity_id,
        tasks.starts_at,
        tasks.due_at,
        tasks.is_all_day,
        tasks.completed_at,
        tasks.priority,
        tasks.tags as categories,
        tasks.url,
        'notion:' || coalesce(tasks.external_id, tasks.row_key::text) as external_key,
        tasks.status,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    left join known_parents on known_parents.task_id = tasks.task_id
)

select * from final
