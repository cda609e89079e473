with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

parents as (
    {{ notion_parents('tasks', 'task_id', 'parent_tasks', 'qilife.tasks') }}
),

final as (
    select
        tasks.task_id as id,
        tasks.entity_id,
        coalesce(tasks.title, 'Untitled') as title,
        tasks.description,
        tasks.project_id,
        parents.parent_id as parent_task_id,
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
    left join parents on parents.id = tasks.task_id
)

select * from final
