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
    having bool_and(is_said) or not bool_or(is_said)
),

rows_differing as (
    select
        registry,
        key,
        case when bool_or(is_said) then 'is not as its seed says' else 'is in no seed' end as detail,
        count(*) over (partition by registry) as of_registry
    from differing
    where registry <> ''
    group by registry, key
),

final as (
    select
        'R0711' as rule_code,
        registry || ' ' || key as object,
        detail
    from rows_differing
    where of_registry <= 3
    union all
    -- What one statement did to a whole registry is told once.
    select
        'R0711' as rule_code,
        registry as object,
        count(*) || ' rows are not those of its seed; the first is ' || min(key) as detail
    from rows_differing
    where of_registry > 3
    group by registry
)

select * from final
