{{ after_everything() }}
-- Keys by their columns, checks, indexes, triggers and views by what PostgreSQL wrote of them when a build had made
-- them, defaults and comments by value: what the contract says, the table has.
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
        -- Not null is R0705's, a foreign key R1201's, a trigger and whether it fires R1303's.
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
        pg_get_indexdef(pg_index.indexrelid) || case when pg_index.indisvalid then '' else ' -- invalid' end
            as definition
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
        pg_get_triggerdef(pg_trigger.oid) || ' -- O' as definition
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

altered_functions as (
    {{ altered_functions() }}
),

-- What speaks of a column that is gone is the finding of R0704, what calls a function that is gone that function's.
possible as (
    select contracted.*
    from contracted
    where not exists (
            select from registered
            left join live using (schema_name, table_name, column_name)
            where live.oid is null
                and registered.schema_name || '.' || registered.table_name = contracted.table_name
                and position('"' || registered.column_name || '"' in contracted.definition) > 0
        )
        and not exists (
            select from altered_functions
            where not altered_functions.is_live and position(altered_functions.name in contracted.definition) > 0
        )
),

lost as (
    select
        possible.oid,
        possible.object_name,
        possible.table_name || '.' || possible.object_name as object,
        renamed.now_name
    from possible
    inner join built using (oid)
    left join live_objects using (oid, object_name)
    -- PostgreSQL's text of a constraint is without its name.
    left join lateral (
        select min(other.object_name) as now_name
        from live_objects as other
        where other.oid = possible.oid
            and not built.state -> 'objects' ? other.object_name::text
            and built.state -> 'sealed' ->> possible.object_name in (
                md5(other.definition),
                md5(replace(other.definition, ' ' || other.object_name || ' ', ' ' || possible.object_name || ' '))
            )
    ) as renamed on true
    where live_objects.oid is null
),

altered as (
    select
        possible.table_name || '.' || possible.object_name as object,
        'is now ' || live_objects.definition || ', not what the contract made' as detail
    from possible
    inner join live_objects using (oid, object_name)
    inner join built using (oid)
    where case
            when live_objects.is_key
                then lower(replace('constraint ' || live_objects.definition, '"', ''))
                    <> lower(replace(possible.definition, '"', ''))
            -- Of a table whose state is lost nothing is known; the next build notes it anew.
            else md5(live_objects.definition) <> built.state -> 'sealed' ->> possible.object_name
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
            where lost.oid = live_objects.oid and lost.now_name = live_objects.object_name
        )
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

replaced as (
    select
        name as object,
        case when is_live then 'is not the function that a build made' else 'the function was dropped' end as detail
    from altered_functions
    union all
    select
        viewed.table_name as object,
        'its query is not the one that a build gave it' as detail
    from described as viewed
    inner join pg_catalog.pg_rewrite as viewing
        on viewing.ev_class = to_regclass(viewed.table_name) and viewing.rulename = '_RETURN'
    where viewed.is_view
        and obj_description(viewing.oid, 'pg_rewrite') <> md5(pg_get_viewdef(viewing.ev_class))
        -- A renamed table or column that it reads, or has, is the finding of R0702 or R0704.
        and not exists (
            select from live
            left join registered using (schema_name, table_name, column_name)
            left join pg_catalog.pg_depend as held
                on held.classid = 'pg_catalog.pg_rewrite'::regclass
                    and held.objid = viewing.oid
                    and held.refobjid = live.oid
                    and held.refobjsubid = live.attnum
            where registered.column_name is null
                and (held.objid is not null or live.oid = viewing.ev_class)
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
        -- A view without any comment was made anew by a hand: that is told once.
        and not (live.is_view and obj_description(live.oid, 'pg_class') is null)
    union all
    select
        schema_name as object,
        'its comment is not the registry''s purpose' as detail
    from {{ ref('qieos__schemas') }}
    where status = 'active'
        and deprecated_at is null
        -- A schema that is not live is the finding of R1501.
        and to_regnamespace(schema_name) is not null
        and purpose <> coalesce(obj_description(to_regnamespace(schema_name), 'pg_namespace'), '')
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
        'the contract has it, the table does not' || coalesce('; it was renamed to ' || now_name, '') as detail
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
