{{ after_everything() }}
-- The other live rules believe the registry's tables, so nobody may have written into those.
with

images as (
    {{ registry_images(graph) }}
),

differing as (
    select
        registry,
        key,
        bool_or(is_said) as is_said
    from images
    group by registry, key, cells
    having count(*) filter (where is_said) <> count(*) filter (where not is_said)
),

final as (
    select
        'R0711' as rule_code,
        registry || ' ' || key as object,
        case when bool_or(is_said) then 'is not as its seed says' else 'is in no seed' end as detail
    from differing
    where registry <> ''
    group by registry, key
)

select * from final
