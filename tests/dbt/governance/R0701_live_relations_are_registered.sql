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

final as (
    select
        'R0701' as rule_code,
        live.schema_name || '.' || live.table_name as object,
        'is live, but qieos.tables does not know it' as detail
    from live
    left join registered using (schema_name, table_name)
    where registered.table_name is null
    union all
    select
        'R0701' as rule_code,
        object,
        'is a ' || kind || ' that no build made' as detail
    from strays
)

select * from final
