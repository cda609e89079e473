with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

tagged as (
    select distinct
        tasks.entity_id,
        {{ stable_id(["'core.tags'", tag_key('tag.name')]) }} as tag_id,
        'import' as tag_method,
        tasks.source_system,
        tasks.source_file_id,
        tasks.import_batch_id
    from tasks
    cross join lateral unnest(tasks.tags) as tag (name)
),

final as (
    select
        {{ stable_id(["'core.entity_tags'", 'entity_id', 'tag_id']) }} as id,
        tagged.*
    from tagged
)

select * from final
