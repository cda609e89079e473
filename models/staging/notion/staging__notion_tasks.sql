with

tasks as (
    {{ typed_rows('notion_tasks', ref('staging__notion_tasks_raw')) }}
),

entities as (
    select
        *,
        case
            when external_id is not null then {{ notion_entity('external_id') }}
            -- An export without pages knows a row by its content alone.
            else {{ notion_entity('row_key', 'row') }}
        end as entity_id,
        case
            when cardinality(project) > 0 then {{ notion_entity('project[1]') }}
            -- Where the property is no relation, a project is known by its name.
            when project_raw is not null then {{ notion_entity('lower(project_raw)', 'project name') }}
        end as project_entity_id,
        coalesce(is_done, false) as is_ticked,
        btrim(regexp_replace(lower(status_word), '[^[:alpha:] ]', '', 'g')) as status_letters
    from tasks
),

final as (
    select
        {{ row_identity() }},
        source_system,
        entity_id,
        {{ stable_id(["'qilife.tasks'", 'entity_id']) }} as task_id,
        project_entity_id,
        case when project_entity_id is not null then {{ stable_id(["'qilife.projects'", 'project_entity_id']) }} end
            as project_id,
        external_id,
        title,
        description,
        case
            when is_ticked or status_letters in ('done', 'complete', 'completed', 'finished', 'closed', 'shipped')
                then 'completed'
            when status_letters in ('cancelled', 'canceled', 'wont do', 'dropped', 'abandoned') then 'cancelled'
            when status_letters like 'not %' then 'needs_action'
            when status_letters ~ '(progress|doing|started|active|review|testing|blocked|hold|paused|waiting)'
                then 'in_process'
            else 'needs_action'
        end as status,
        {{ read_priority('priority_word') }} as priority,
        case when due_raw like '%→%' then lower(due) end as starts_at,
        upper(due) as due_at,
        due is not null and due_raw not like '%:%' as is_all_day,
        completed as completed_at,
        assignees,
        tags,
        coalesce(substring(project_raw from '^(.*?) [(][^ ]*[0-9a-f]{32}'), project_raw) as project_name,
        parent_tasks,
        sub_tasks,
        blocked_by,
        blocking,
        related_tasks,
        url,
        due_raw,
        source_created_at,
        source_modified_at,
        problem_codes
    from entities
)

select * from final
