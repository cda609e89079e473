{{ after_everything() }}
-- What is registered is held to the standards before it is built; this is for what a hand added.
with

live as (
    {{ live_attributes() }}
),

registered as (
    {{ registered_columns() }}
),

standards as (
    select
        applies_to,
        pattern
    from {{ ref('qieos__naming_standards') }}
    where rule_code = 'R1403' and effect = 'forbidden' and deprecated_at is null
),

strays as (
    select
        live.schema_name,
        live.table_name,
        live.column_name
    from live
    left join registered using (schema_name, table_name, column_name)
    where registered.column_name is null
),

named as (
    select concat_ws('.', strays.schema_name, strays.table_name, strays.column_name) as object
    from strays
    inner join standards on standards.applies_to = 'column' and strays.column_name ~ standards.pattern
    union
    select strays.schema_name || '.' || strays.table_name as object
    from strays
    inner join standards on standards.applies_to = 'table' and strays.table_name ~ standards.pattern
),

final as (
    select
        'R1403' as rule_code,
        object,
        'is named like a secret' as detail
    from named
)

select * from final
