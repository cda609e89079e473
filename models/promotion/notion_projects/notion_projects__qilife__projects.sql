with

projects as (
    {{ promoting_rows(ref('staging__notion_projects'), 'entity_id') }}
),

parents as (
    {{ notion_parents('projects', 'project_id', 'parent_projects', 'qilife.projects') }}
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
        parents.parent_id as parent_project_id,
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
    left join parents on parents.id = projects.project_id
)

select * from final
