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
        'R0704' as rule_code,
        concat_ws('.', registered.schema_name, registered.table_name, registered.column_name) as object,
        'is registered, but not live' || coalesce('; it was renamed to ' || renamed.now_column, '') as detail
    from registered
    left join live using (schema_name, table_name, column_name)
    left join renamed using (schema_name, table_name, column_name)
    where live.column_name is null
        -- A relation that is not live at all is the finding of R0702.
        and exists (
            select from live as sibling
            where sibling.schema_name = registered.schema_name and sibling.table_name = registered.table_name
        )
        -- What was given the name of a secret is the finding of R1403.
        and not exists (
            select from secrets
            where secrets.schema_name = registered.schema_name
                and secrets.table_name = registered.table_name
                and secrets.column_name = renamed.now_column
        )
)

select * from final
