{{ after_everything() }}
-- Keys by their columns, checks, indexes and triggers by what PostgreSQL wrote of them when a build had made them,
-- defaults and comments by value: what the contract says, the table has.
with

built as (
    {{ built_contracts() }}
),

contracted as (
    select
        built.oid,
        built.table_name,
        object.key as object_name,
        object.value as definition
    from built
    cross join lateral jsonb_each_text(built.state -> 'objects') as object
),

live_objects as (
    select
        pg_constraint.conrelid as oid,
        pg_constraint.conname as object_name,
        pg_constraint.contype in ('p', 'u') as is_key,
        -- Not null is R0705's, a foreign key R1201's, a trigger R1303's.
        pg_constraint.contype in ('p', 'u', 'c', 'x') as is_told_here,
        pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_catalog.pg_constraint
    where pg_constraint.conrelid in (select contracted.oid from contracted)
    union all
    select
        pg_index.indrelid as oid,
        pg_class.relname as object_name,
        false as is_key,
        true as is_told_here,
        pg_get_indexdef(pg_index.indexrelid) as definition
    from pg_catalog.pg_index
    inner join pg_catalog.pg_class on pg_class.oid = pg_index.indexrelid
    where pg_index.indrelid in (select contracted.oid from contracted)
        and not exists (
            select from pg_catalog.pg_constraint
            where pg_constraint.conindid = pg_index.indexrelid and pg_constraint.contype in ('p', 'u', 'x')
        )
    union all
    select
        pg_trigger.tgrelid as oid,
        pg_trigger.tgname as object_name,
        false as is_key,
        false as is_told_here,
        pg_get_triggerdef(pg_trigger.oid) || ' -- ' || pg_trigger.tgenabled::text as definition
    from pg_catalog.pg_trigger
    where pg_trigger.tgrelid in (select contracted.oid from contracted)
        and not pg_trigger.tgisinternal
),

live as (
    {{ live_attributes() }}
),

registered as (
    {{ registered_columns() }}
),

lost as (
    select
        contracted.oid,
        contracted.object_name,
        contracted.table_name || '.' || contracted.object_name as object,
        'the contract has it, the table does not' as detail
    from contracted
    left join live_objects using (oid, object_name)
    where live_objects.oid is null
),

altered as (
    select
        contracted.table_name || '.' || contracted.object_name as object,
        'is now ' || live_objects.definition || ', not what the contract made' as detail
    from contracted
    inner join live_objects using (oid, object_name)
    inner join built using (oid)
    where case
            when live_objects.is_key
                then lower(replace('constraint ' || live_objects.definition, '"', ''))
                    <> lower(replace(contracted.definition, '"', ''))
            -- Of a table whose state is lost nothing is known; the next build notes it anew.
            else md5(live_objects.definition) <> built.state -> 'sealed' ->> contracted.object_name
        end
),

added as (
    select
        built.table_name || '.' || live_objects.object_name as object,
        'the contract does not have it: ' || live_objects.definition as detail
    from live_objects
    inner join built using (oid)
    where live_objects.is_told_here
        and not built.state -> 'objects' ? live_objects.object_name::text
        -- What was renamed is told once, by the name that it has lost.
        and not exists (
            select from lost
            where lost.oid = live_objects.oid
                and built.state -> 'sealed' ->> lost.object_name
                = md5(replace(live_objects.definition, live_objects.object_name, lost.object_name))
        )
),

replaced as (
    {% for name, definition in audit_functions().items() %}
    select
        '{{ name }}' as object,
        'its body is not the one that a build gave it' as detail
    from pg_catalog.pg_proc
    where oid = to_regprocedure('{{ name }}') and prosrc <> {{ sql_literal(function_body(definition)) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
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
    select
        table_name || '.' || coalesce(primary_key, split_part(table_name, '.', 2) || '_pkey') as object,
        case
            when primary_key is null then 'the contract has it, the table does not'
            else 'its comment is not the contract state that a build left there'
        end as detail
    from built
    where state -> 'hash' is null
),

findings as (
    select
        object,
        detail
    from lost
    union all
    select * from forgotten
    union all
    select * from altered
    union all
    select * from added
    union all
    select * from replaced
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
