{{ after_everything() }}
with

live as (
    {{ live_attributes() }}
),

registered as (
    {{ registered_columns() }}
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
)

select * from final
