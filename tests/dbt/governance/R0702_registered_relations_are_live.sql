{{ after_everything() }}
with

live as (
    {{ live_relations() }}
),

renamed as (
    {{ renamed_relations() }}
),

final as (
    select
        'R0702' as rule_code,
        home.schema_name || '.' || registered.table_name as object,
        'is registered as a ' || registered.relation_type || ', but not live as one'
        || coalesce('; it was renamed to ' || renamed.now_schema || '.' || renamed.now_table, '') as detail
    from {{ ref('qieos__tables') }} as registered
    inner join {{ ref('qieos__schemas') }} as home on home.id = registered.schema_id
    left join renamed on renamed.schema_name = home.schema_name and renamed.table_name = registered.table_name
    where registered.deprecated_at is null
        -- A schema that is not live is the finding of R1501.
        and to_regnamespace(home.schema_name) is not null
        and not exists (
            select from live
            where live.schema_name = home.schema_name
                and live.table_name = registered.table_name
                and live.is_view = (registered.relation_type = 'view')
        )
)

select * from final
