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
        'R0704' as rule_code,
        concat_ws('.', registered.schema_name, registered.table_name, registered.column_name) as object,
        'is registered, but not live' as detail
    from registered
    left join live using (schema_name, table_name, column_name)
    where live.column_name is null
        -- A relation that is not live at all is the finding of R0702.
        and exists (
            select from live as sibling
            where sibling.schema_name = registered.schema_name and sibling.table_name = registered.table_name
        )
)

select * from final
