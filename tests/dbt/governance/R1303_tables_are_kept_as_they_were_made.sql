{{ after_everything() }}
with

live as (
    {{ live_relations() }}
),

built as (
    {{ built_contracts() }}
),

kept as (
    select
        live.oid,
        live.schema_name || '.' || live.table_name as object,
        relation.relpersistence = 'u' as is_unlogged,
        relation.relrowsecurity or relation.relforcerowsecurity as hides_rows,
        live.oid in (select built.oid from built) as is_governed,
        live.schema_name,
        pg_get_userbyid(relation.relowner)::text as table_owner,
        pg_get_userbyid(namespace.nspowner)::text as schema_owner
    from live
    inner join pg_catalog.pg_class as relation on relation.oid = live.oid
    inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
),

findings as (
    select
        object,
        'belongs to ' || table_owner || ', its schema to ' || schema_owner as detail
    from kept
    where table_owner <> schema_owner and exists (
            select from kept as sibling
            where sibling.schema_name = kept.schema_name and sibling.table_owner = kept.schema_owner
        )
    union all
    -- A schema that was given away has no table of its owner: it is told once.
    select
        schema_name as object,
        'belongs to ' || schema_owner || ', its tables to ' || string_agg(distinct table_owner, ', ') as detail
    from kept
    group by schema_name, schema_owner
    having bool_and(table_owner <> schema_owner)
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
        kept.object,
        count(*) || ' triggers that keep its foreign keys are switched off' as detail
    from kept
    inner join pg_catalog.pg_trigger as fired on fired.tgrelid = kept.oid
    where fired.tgisinternal and fired.tgenabled in ('D', 'R')
    group by kept.object
    union all
    select
        kept.object || '.' || fired.tgname as object,
        'is a trigger that no contract has' as detail
    from kept
    inner join pg_catalog.pg_trigger as fired on fired.tgrelid = kept.oid
    inner join built on built.oid = kept.oid
    -- Of a table whose state is lost, which R1302 finds, nobody knows what its contract has.
    where not fired.tgisinternal and not built.state -> 'objects' ? fired.tgname
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
