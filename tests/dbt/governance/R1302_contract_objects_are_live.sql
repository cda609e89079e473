{{ after_everything() }}
-- Keys, checks and indexes by name, defaults and comments by value: what the contract says, the table has.
with

contracted as (
    select
        contract.key as table_name,
        name.value as object_name
    from jsonb_each({{ sql_literal(tojson(contract_objects(graph))) }}::jsonb) as contract
    cross join lateral jsonb_array_elements_text(contract.value) as name
),

live_objects as (
    select
        conrelid as oid,
        conname as object_name
    from pg_catalog.pg_constraint
    union all
    select
        pg_index.indrelid as oid,
        pg_class.relname as object_name
    from pg_catalog.pg_index
    inner join pg_catalog.pg_class on pg_class.oid = pg_index.indexrelid
),

live as (
    {{ live_attributes() }}
),

registered as (
    {{ registered_columns() }}
),

lost as (
    select
        contracted.table_name || '.' || contracted.object_name as object,
        'the contract has it, the table does not' as detail
    from contracted
    left join live_objects
        on live_objects.oid = to_regclass(contracted.table_name) and live_objects.object_name = contracted.object_name
    -- A relation that is not live, or live as a view, is the finding of R0702.
    where live_objects.oid is null
        and exists (
            select from live
            where live.schema_name || '.' || live.table_name = contracted.table_name and not live.is_view
        )
),

changed_defaults as (
    select
        concat_ws('.', live.schema_name, live.table_name, live.column_name) as object,
        'its default is ' || coalesce(live.default_value, 'none') || ', the registry says '
        || coalesce(registered.default_value, 'none') as detail
    from live
    inner join registered using (schema_name, table_name, column_name, is_view)
    where registered.relation_type = 'table'
        -- PostgreSQL adds the type to a literal and writes keywords in capitals.
        and lower(regexp_replace(live.default_value, '::[a-z ]+(\[\])?$', ''))
        is distinct from lower(registered.default_value)
),

described as (
    select
        home.schema_name || '.' || relation.table_name as table_name,
        relation.purpose,
        relation.relation_type = 'view' as is_view
    from {{ ref('qieos__tables') }} as relation
    inner join {{ ref('qieos__schemas') }} as home on home.id = relation.schema_id
    where relation.deprecated_at is null
),

changed_comments as (
    select
        described.table_name as object,
        'its comment is not the registry''s purpose' as detail
    from described
    inner join pg_catalog.pg_class
        on pg_class.oid = to_regclass(described.table_name) and (pg_class.relkind = 'v') = described.is_view
    where obj_description(pg_class.oid, 'pg_class') is distinct from described.purpose
    union all
    select
        concat_ws('.', live.schema_name, live.table_name, live.column_name) as object,
        'its comment is not the registry''s description' as detail
    from live
    inner join registered using (schema_name, table_name, column_name, is_view)
    where col_description(live.oid, live.attnum) is distinct from registered.description
),

findings as (
    select * from lost
    union all
    select * from changed_defaults
    union all
    select * from changed_comments
),

final as (
    select
        'R1302' as rule_code,
        object,
        detail
    from findings
)

select * from final
