with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

named as (
    {{ now_and_before(
        'projects', ref('staging__notion_projects'), ['owners', 'parent_projects', 'blocked_by', 'blocking']
    ) }}
),

said as (
    select
        named.entity_id as source_entity_id,
        {{ notion_entity('page.id') }} as target_entity_id,
        'part_of' as relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.parent_projects) as page (id)
    union all
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
        {{ notion_entity('lower(person.name)', 'person') }} as target_entity_id,
        'assigned_to' as relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.owners) as person (name)
),

said_once as (
    select distinct on (said.source_entity_id, said.target_entity_id, said.relationship_type) said.*
    from said
    order by
        said.source_entity_id asc,
        said.target_entity_id asc,
        said.relationship_type asc,
        said.ended_at asc nulls first,
        said.import_batch_id asc
),

-- A page that no export has held yet cannot be an end of a relationship.
known as (
    select said_once.*
    from said_once
    where {{ last_word_of('said_once.source_entity_id') }} is not null
        and {{ last_word_of('said_once.target_entity_id') }} is not null
),

final as (
    select
        {{ stable_id(["'core.relationships'", 'source_entity_id', 'relationship_type', 'target_entity_id']) }} as id,
        known.*
    from known
)

select * from final
