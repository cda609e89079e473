with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

tags as (
    select distinct on ({{ tag_key('tag.name') }})
        {{ tag_key('tag.name') }} as tag_key,
        tag.name,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    cross join lateral unnest(tasks.tags) as tag (name)
    order by {{ tag_key('tag.name') }}, tasks.created_at desc, tasks.row_number desc
),

final as (
    select
        {{ stable_id(["'core.tags'", 'tag_key']) }} as id,
        tags.*
    from tags
)

select * from final
