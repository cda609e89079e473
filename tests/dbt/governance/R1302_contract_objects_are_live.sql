{{ after_everything() }}
-- Keys by their columns, checks, indexes and triggers by what PostgreSQL wrote of them when a build had made them,
-- defaults and comments by value: what the contract says, the table has.
with

contracted as (
    select
        contract.key as table_name,
        to_regclass(contract.key) as oid,
        object.key as object_name,
        object.value as definition
    from jsonb_each({{ sql_literal(tojson(contract_objects(graph))) }}::jsonb) as contract
    cross join lateral jsonb_each_text(contract.value) as object
),

live_objects as (
    select
        pg_constraint.conrelid as oid,
        pg_constraint.conname as object_name,
        pg_constraint.contype in ('p', 'u') as is_key,
        pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_catalog.pg_constraint
    where pg_constraint.conrelid in (select contracted.oid from contracted)
    union all
    select
        pg_index.indrelid as oid,
        pg_class.relname as object_name,
        false as is_key,
        pg_get_indexdef(pg_index.indexrelid) as definition
    from pg_catalog.pg_index
    inner join pg_catalog.pg_class on pg_class.oid = pg_index.indexrelid
    where pg_index.indrelid in (select contracted.oid from contracted)
        and not exists (
            select from pg_catalog.pg_constraint
            where pg_constraint.conindid = pg_index.indexrelid and pg_constraint.contype in ('p', 'u')
        )
    union all
    select
        pg_trigger.tgrelid as oid,
        pg_trigger.tgname as object_name,
        false as is_key,
        pg_get_triggerdef(pg_trigger.oid) || ' -- ' || pg_trigger.tgenabled::text as definition
    from pg_catalog.pg_trigger
    where pg_trigger.tgrelid in (select contracted.oid from contracted)
        and not pg_trigger.tgisinternal
),

states as (
    select
        pg_constraint.conrelid as oid,
        obj_description(pg_constraint.oid, 'pg_constraint')::jsonb as state
    from pg_catalog.pg_constraint
    where pg_constraint.contype = 'p'
        and pg_constraint.conrelid in (select contracted.oid from contracted)
        and pg_input_is_valid(obj_description(pg_constraint.oid, 'pg_constraint'), 'jsonb')
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
    left join live_objects using (oid, object_name)
    -- A relation that is not live, or live as a view, is the finding of R0702.
    where live_objects.oid is null
        and exists (
            select from live
            where live.schema_name || '.' || live.table_name = contracted.table_name and not live.is_view
        )
),

altered as (
    select
        contracted.table_name || '.' || contracted.object_name as object,
        'is now ' || live_objects.definition || ', not what the contract made' as detail
    from contracted
    inner join live_objects using (oid, object_name)
    left join states using (oid)
    where case
            when live_objects.is_key
                then lower(replace('constraint ' || live_objects.definition, '"', ''))
                    <> lower(replace(contracted.definition, '"', ''))
            -- Of a table whose state is lost nothing is known; the next build notes it anew.
            else md5(live_objects.definition) <> states.state -> 'sealed' ->> contracted.object_name
        end
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

forgotten as (
    select distinct
        contracted.table_name || '.' || key.conname as object,
        'its comment is not the contract state that a build left there' as detail
    from contracted
    inner join pg_catalog.pg_constraint as key on key.conrelid = contracted.oid and key.contype = 'p'
    left join states on states.oid = contracted.oid
    where states.state -> 'hash' is null
),

findings as (
    select * from lost
    union all
    select * from forgotten
    union all
    select * from altered
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
