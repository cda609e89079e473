-- The natural key of every registry is unique and complete.
with

keys as (
    {{ registry_keys(graph) }}
),

final as (
    select
        'R0707' as rule_code,
        object,
        case when key = '' then 'a line has no key' else key || ' stands ' || lines || ' times' end as detail
    from keys
    where lines > 1 or key = ''
)

select * from final
