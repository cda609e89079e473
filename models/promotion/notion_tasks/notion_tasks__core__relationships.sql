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

named as (
    {{ now_and_before(
        'tasks', ref('staging__notion_tasks'), ['assignees', 'blocked_by', 'blocking', 'related_tasks']
    ) }}
),

said as (
    select
        named.entity_id as source_entity_id,
        {{ notion_entity('page.id') }} as target_entity_id,
        'depends_on' as relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.blocked_by) as page (id)
    union all
    select
        {{ notion_entity('page.id') }} as source_entity_id,
        named.entity_id as target_entity_id,
        'depends_on' as relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.blocking) as page (id)
    union all
    select
        named.entity_id as source_entity_id,
        {{ notion_entity('page.id') }} as target_entity_id,
        'related_to' as relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.related_tasks) as page (id)
    union all
    select
        named.entity_id as source_entity_id,
        {{ notion_entity('lower(person.name)', 'person') }} as target_entity_id,
        'assigned_to' as relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.assignees) as person (name)
),

-- Both ends of a dependency name it, so the two may say the same; what one of them still says has not ended.
distinct_ones as (
    select distinct on (said.source_entity_id, said.target_entity_id, said.relationship_type) said.*
    from said
    order by
        said.source_entity_id asc,
        said.target_entity_id asc,
        said.relationship_type asc,
        said.ended_at asc nulls first,
        said.import_batch_id asc
),

final as (
    select * from memberships
    union all
    select
        {{ stable_id(["'core.relationships'", 'source_entity_id', 'relationship_type', 'target_entity_id']) }} as id,
        source_entity_id,
        target_entity_id,
        relationship_type,
        ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from distinct_ones
)

select * from final
