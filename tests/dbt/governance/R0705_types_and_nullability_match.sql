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
        'R0705' as rule_code,
        concat_ws('.', live.schema_name, live.table_name, live.column_name) as object,
        'is ' || live.data_type || case when live.required then ' not null' else '' end
        || ', the registry says ' || registered.data_type || case when registered.required then ' not null' else '' end
            as detail
    from live
    -- A relation of another kind than registered is the finding of R0702.
    inner join registered using (schema_name, table_name, column_name, is_view)
    where live.data_type <> registered.data_type
        -- Only tables have constraints; a view or seed cannot require a value.
        or (registered.relation_type = 'table' and live.required <> registered.required)
)

select * from final
