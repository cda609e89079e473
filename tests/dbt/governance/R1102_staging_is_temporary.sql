{{ config(severity='warn') }}
{{ after_everything() }}
-- Asked batch by batch, by the first rows of a landing table's key: the answer takes no longer as the tables grow.
with

old_batches as (
    select id
    from {{ ref('qinexus__import_batches') }}
    where created_at < now() - interval '90 days'
),

waiting as (
    {% for name in landing_tables() %}
    select
        '{{ name | replace('__', '.') }}' as object,
        count(*) as batches
    from old_batches
    where exists (
            select from {{ ref(name) }} as landed
            where landed.import_batch_id = old_batches.id
        )
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        'R1102' as rule_code,
        object,
        batches || ' batches of more than 90 days ago still have rows here' as detail
    from waiting
    where batches > 0
)

select * from final
