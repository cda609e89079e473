{{ after_everything() }}
with

live as (
    {{ live_attributes() }}
),

registered as (
    {{ registered_columns() }}
),

renamed as (
    {{ renamed_columns() }}
),

secrets as (
    {{ secret_names() }}
),

final as (
    select
        'R0703' as rule_code,
        concat_ws('.', live.schema_name, live.table_name, live.column_name) as object,
        'is live, but qieos.field_usages does not know it' as detail
    from live
    left join registered using (schema_name, table_name, column_name)
    where registered.column_name is null
        -- A relation that is not registered at all is the finding of R0701.
        and exists (
            select from registered as sibling
            where sibling.schema_name = live.schema_name and sibling.table_name = live.table_name
        )
        -- What was renamed is told once, by the name that it has lost: the finding of R0704.
        and not exists (
            select from renamed
            where renamed.schema_name = live.schema_name
                and renamed.table_name = live.table_name
                and renamed.now_column = live.column_name
        )
        -- What is named like a secret is the finding of R1403.
        and not exists (
            select from secrets
            where secrets.schema_name = live.schema_name
                and secrets.table_name = live.table_name
                and secrets.column_name = live.column_name
        )
)

select * from final
