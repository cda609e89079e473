with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

named as (
    select
        projects.entity_id as source_entity_id,
        {{ notion_entity('page.id') }} as target_entity_id,
        'part_of' as relationship_type,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.parent_projects) as page (id)
    union all
    select
        projects.entity_id as source_entity_id,
        {{ notion_entity('page.id') }} as target_entity_id,
        'depends_on' as relationship_type,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.blocked_by) as page (id)
    union all
    select
        {{ notion_entity('page.id') }} as source_entity_id,
        projects.entity_id as target_entity_id,
        'depends_on' as relationship_type,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.blocking) as page (id)
    union all
    select
        projects.entity_id as source_entity_id,
        {{ notion_entity('lower(person.name)', 'person') }} as target_entity_id,
        'assigned_to' as relationship_type,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    cross join lateral unnest(projects.owners) as person (name)
),

named_once as (
    select distinct on (named.source_entity_id, named.target_entity_id, named.relationship_type) named.*
    from named
    order by named.source_entity_id, named.target_entity_id, named.relationship_type, named.import_batch_id
),

-- A page that no export has held yet cannot be an end of a relationship.
said as (
    select named_once.*
    from named_once
    where {{ last_word_of('named_once.source_entity_id') }} is not null
        and {{ last_word_of('named_once.target_entity_id') }} is not null
),

final as (
    select
        {{ stable_id(["'core.relationships'", 'source_entity_id', 'relationship_type', 'target_entity_id']) }} as id,
        said.*
    from said
)

select * from final
