with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

parents as (
    select
        projects.project_id,
        {{ stable_id(["'qilife.projects'", notion_entity('projects.parent_projects[1]')]) }} as parent_project_id
    from projects
    where cardinality(projects.parent_projects) > 0
),

-- A parent that no export has held yet cannot be referred to.
known_parents as (
    select parents.*
    from parents
    where parents.parent_project_id in (select projects.project_id from projects)
        or {{ last_word_of('parents.parent_project_id') }} is not null
),

final as (
    select
        projects.project_id as id,
        projects.entity_id,
        coalesce(projects.title, 'Untitled') as name,
        projects.description,
        projects.project_area,
        case when cardinality(projects.owners) > 0 then {{ notion_entity('lower(projects.owners[1])', 'person') }} end
            as owner_entity_id,
        known_parents.parent_project_id,
        projects.start_date,
        projects.due_on,
        projects.completed_at,
        projects.priority,
        projects.percent_complete,
        projects.url,
        'notion:' || projects.entity_id as external_key,
        projects.status,
        projects.source_system,
        projects.source_file_id,
        projects.import_batch_id
    from projects
    left join known_parents on known_parents.project_id = projects.project_id
)

select * from final
