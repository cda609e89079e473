{{ after_everything() }}
-- What is registered is held to the standards before it is built; this is for what a hand added or renamed.
with

secrets as (
    {{ secret_names() }}
),

renamed as (
    {{ renamed_columns() }}
),

final as (
    select distinct
        'R1403' as rule_code,
        concat_ws('.', secrets.schema_name, secrets.table_name, secrets.column_name) as object,
        'is named like a secret, and not registered' || coalesce('; it was ' || renamed.column_name, '') as detail
    from secrets
    left join renamed
        on renamed.schema_name = secrets.schema_name
            and renamed.table_name = secrets.table_name
            and renamed.now_column = secrets.column_name
)

select * from final
