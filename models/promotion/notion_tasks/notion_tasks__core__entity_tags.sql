with

tasks as (
    {{ promoting_rows(ref('staging__notion_tasks'), 'entity_id') }}
),

named as (
    {{ now_and_before('tasks', ref('staging__notion_tasks'), ['tags']) }}
),

tagged as (
    select
        named.entity_id,
        {{ stable_id(["'core.tags'", tag_key('tag.name')]) }} as tag_id,
        'import' as tag_method,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral unnest(named.tags) as tag (name)
),

final as (
    select distinct on (tagged.entity_id, tagged.tag_id)
        {{ stable_id(["'core.entity_tags'", 'tagged.entity_id', 'tagged.tag_id']) }} as id,
        tagged.*
    from tagged
    order by tagged.entity_id asc, tagged.tag_id asc, tagged.ended_at asc nulls first
)

select * from final
