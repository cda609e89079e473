with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

things as (
    select
        entity_id as id,
        'thing' as entity_type,
        coalesce(title, 'Untitled') as display_name,
        description,
        'notion:page:' || coalesce(external_id, row_key::text) as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from tasks
),

-- What a relation leads to has to exist, whether or not the export holds it.
named as (
    select
        project_entity_id as id,
        'project' as entity_type,
        project_name as display_name,
        null as description,
        'notion:page:' || project_entity_id as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from tasks
    where project_entity_id is not null
    union all
    select
        {{ notion_entity('page.id') }} as id,
        'thing' as entity_type,
        'Notion page ' || page.id as display_name,
        null as description,
        'notion:page:' || page.id as external_key,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    cross join lateral unnest(
        tasks.parent_tasks || tasks.sub_tasks || tasks.blocked_by || tasks.blocking || tasks.related_tasks
    ) as page (id)
),

named_once as (
    select distinct on (named.id) named.*
    from named
    order by named.id, named.entity_type
),

-- Its own row says more. If another source has it in this build, that one is heard: notion_projects comes first.
only_named as (
    select named_once.*
    from named_once
    where named_once.id not in (select tasks.entity_id from tasks)
        and {{ last_word_of('named_once.id') }} is null
),

people as (
    {{ notion_person_entities(ref('staging__notion_tasks'), 'assignees') }}
),

final as (
    select * from things
    union all
    select * from only_named
    union all
    select * from people
)

select * from final
