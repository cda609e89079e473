{{ after_everything() }}
with

live as (
    {{ live_relations() }}
),

contracted as (
    select
        built.table_name,
        object.key as object_name
    from ({{ built_contracts() }}) as built
    cross join lateral jsonb_each_text(built.state -> 'objects') as object
),

kept as (
    select
        live.oid,
        live.schema_name || '.' || live.table_name as object,
        relation.relpersistence = 'u' as is_unlogged,
        relation.relrowsecurity or relation.relforcerowsecurity as hides_rows,
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
    where table_owner <> schema_owner
    union all
    select
        object,
        'is unlogged: a crash empties it' as detail
    from kept
    where is_unlogged
    union all
    select
        object,
        'hides rows by row level security' as detail
    from kept
    where hides_rows
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
    left join contracted on contracted.table_name = kept.object and contracted.object_name = fired.tgname
    where contracted.object_name is null and not fired.tgisinternal
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
