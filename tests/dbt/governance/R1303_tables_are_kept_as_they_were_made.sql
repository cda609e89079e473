{{ after_everything() }}
with

live as (
    {{ live_relations() }}
),

built as (
    {{ built_contracts() }}
),

registered as (
    {{ registered_columns() }}
),

kept as (
    select
        live.oid,
        live.schema_name || '.' || live.table_name as object,
        relation.relpersistence = 'u' as is_unlogged,
        relation.relrowsecurity or relation.relforcerowsecurity as hides_rows,
        live.oid in (select built.oid from built) as is_governed,
        (live.schema_name, live.table_name) in (
            select
                registered.schema_name,
                registered.table_name
            from registered
        ) as is_registered,
        live.schema_name,
        relation.relowner as kept_by,
        namespace.nspowner as schema_owner
    from live
    inner join pg_catalog.pg_class as relation on relation.oid = live.oid
    inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
),

-- The role that builds owns what it built.
builder as (
    select (array_agg(kept_by order by kept_tables desc))[1] as built_by
    from (
        select
            kept_by,
            count(*) as kept_tables
        from kept
        group by kept_by
    ) as counted
),

owned as (
    select
        kept.object,
        kept.kept_by
    from kept
    cross join builder
    -- What was given away with its schema is told once.
    where kept.kept_by <> kept.schema_owner or kept.schema_owner = builder.built_by
    union all
    select distinct
        schema_name as object,
        schema_owner as kept_by
    from kept
    {% for name in built_functions() %}
    union all
    select
        '{{ name }}' as object,
        proowner as kept_by
    from pg_catalog.pg_proc
    where oid = to_regprocedure('{{ name }}')
    {% endfor %}
),

findings as (
    select
        owned.object,
        'belongs to ' || pg_get_userbyid(owned.kept_by) || ', what is built to ' || pg_get_userbyid(builder.built_by)
            as detail
    from owned
    cross join builder
    where owned.kept_by <> builder.built_by
    union all
    select
        object,
        'is unlogged: a crash empties it' as detail
    from kept
    -- What nobody registered is the finding of R0701.
    where is_unlogged and is_governed
    union all
    select
        object,
        'hides rows by row level security' as detail
    from kept
    where hides_rows
    union all
    select
        kept.object || '.' || hiding.polname as object,
        'is a policy that hides rows once row level security is on' as detail
    from kept
    inner join pg_catalog.pg_policy as hiding on hiding.polrelid = kept.oid
    union all
    select
        case
            when count(*) = 1 and not bool_or(fired.tgisinternal) then kept.object || '.' || min(fired.tgname)
            else kept.object
        end as object,
        count(*) || ' triggers are switched off, '
        || count(*) filter (where fired.tgisinternal) || ' of those that keep its foreign keys' as detail
    from kept
    inner join pg_catalog.pg_trigger as fired on fired.tgrelid = kept.oid
    where fired.tgenabled in ('D', 'R')
    group by kept.object
    union all
    select
        kept.object || '.' || fired.tgname as object,
        'is a trigger that no contract has' as detail
    from kept
    inner join pg_catalog.pg_trigger as fired on fired.tgrelid = kept.oid
    left join built on built.oid = kept.oid
    where not fired.tgisinternal
        and kept.is_registered
        -- Of a table whose state is lost, which R1302 finds, nobody knows what its contract has.
        and (built.oid is null or not built.state -> 'objects' ? fired.tgname)
        -- What was renamed is told once, by the name that it has lost: the finding of R1302.
        and not exists (
            select from jsonb_each_text(built.state -> 'sealed') as sealed (name, hash)
            where sealed.hash = md5(replace(
                    pg_get_triggerdef(fired.oid), ' ' || fired.tgname || ' ', ' ' || sealed.name || ' '
                ) || ' -- O')
        )
    union all
    select
        'the database' as object,
        'the event trigger ' || evtname || ' runs on every ' || evtevent as detail
    from pg_catalog.pg_event_trigger
    where evtenabled <> 'D'
        and not exists (
            select from pg_catalog.pg_depend as bound
            where bound.classid = 'pg_catalog.pg_event_trigger'::regclass
                and bound.objid = pg_event_trigger.oid
                and bound.deptype = 'e'
        )
    union all
    -- What is not qualified would be sought elsewhere, or no trigger fire.
    select
        coalesce('the role ' || pg_get_userbyid(nullif(preset.setrole, 0)), 'the database') as object,
        'is set to ' || assigned.value as detail
    from pg_catalog.pg_db_role_setting as preset
    left join pg_catalog.pg_database as this on this.oid = preset.setdatabase
    cross join lateral unnest(preset.setconfig) as assigned (value)
    where assigned.value ~ '^(search_path|session_replication_role)='
        and coalesce(this.datname, current_database()) = current_database()
    union all
    select
        kept.object || '.' || rewrite.rulename as object,
        'is a rule that rewrites what is written' as detail
    from kept
    inner join pg_catalog.pg_rewrite as rewrite on rewrite.ev_class = kept.oid
    where rewrite.ev_type <> '1'
),

final as (
    select
        'R1303' as rule_code,
        object,
        detail
    from findings
)

select * from final
