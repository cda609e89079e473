with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

-- A task has one project and one parent: an empty cell ends what an earlier row said.
memberships as (
    select
        {{ stable_id(["'core.relationships'", 'entity_id', "'part_of'", "'project'"]) }} as id,
        entity_id as source_entity_id,
        project_entity_id as target_entity_id,
        'part_of' as relationship_type,
        case when project_entity_id is null then created_at end as ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from tasks
    union all
    select
        {{ stable_id(["'core.relationships'", 'entity_id', "'part_of'", "'parent'"]) }} as id,
        entity_id as source_entity_id,
        case when cardinality(parent_tasks) > 0 then {{ notion_entity('parent_tasks[1]') }} end as target_entity_id,
        'part_of' as relationship_type,
        case when cardinality(parent_tasks) = 0 then created_at end as ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from tasks
),

said as (
    {{ notion_relationships(ref('staging__notion_tasks'), [
        {'list': 'blocked_by', 'type': 'depends_on'},
        {'list': 'blocking', 'type': 'depends_on', 'of_them': true},
        {'list': 'related_tasks', 'type': 'related_to'},
        {'list': 'assignees', 'type': 'assigned_to', 'kind': 'person'},
    ]) }}
),

final as (
    select * from memberships
    union all
    select * from said
)

select * from final
