{{ after_everything() }}
with

live as (
    {{ live_relations() }}
),

registered as (
    select
        home.schema_name,
        relation.table_name
    from {{ ref('qieos__tables') }} as relation
    inner join {{ ref('qieos__schemas') }} as home on home.id = relation.schema_id
    where relation.deprecated_at is null
),

strays as (
    {{ stray_objects() }}
),

renamed as (
    {{ renamed_relations() }}
),

secrets as (
    {{ secret_names() }}
),

final as (
    select
        'R0701' as rule_code,
        live.schema_name || '.' || live.table_name as object,
        'is live, but qieos.tables does not know it' as detail
    from live
    left join registered using (schema_name, table_name)
    where registered.table_name is null
        -- What was renamed is told once, by the name that it has lost: the finding of R0702.
        and not exists (
            select from renamed
            where renamed.now_schema = live.schema_name and renamed.now_table = live.table_name
        )
        -- What is named like a secret is the finding of R1403.
        and not exists (
            select from secrets
            where secrets.schema_name = live.schema_name and secrets.table_name = live.table_name
        )
    union all
    select
        'R0701' as rule_code,
        object,
        'is a ' || kind || ' that no build made' as detail
    from strays
)

select * from final
