{{ after_everything() }}
-- A foreign key of a table's contract state was established by apply_references() and must still be there.
-- One that was never established is added, or refused with its reason, at the end of this very build.
with

states as (
    select
        key.conrelid,
        namespace.nspname || '.' || relation.relname as table_name,
        case when state.contract is json object then state.contract::jsonb -> 'references' end as established
    from pg_catalog.pg_constraint as key
    inner join pg_catalog.pg_class as relation on relation.oid = key.conrelid
    inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
    cross join lateral obj_description(key.oid, 'pg_constraint') as state (contract)
    where key.contype = 'p'
),

established as (
    select
        states.conrelid,
        states.table_name,
        reference.constraint_name
    from states
    cross join lateral jsonb_object_keys(states.established) as reference (constraint_name)
),

final as (
    select
        'R1201' as rule_code,
        established.table_name || '.' || established.constraint_name as object,
        case when live.oid is null then 'the foreign key was dropped' else 'the foreign key is not validated' end
            as detail
    from established
    left join pg_catalog.pg_constraint as live
        on live.conrelid = established.conrelid
            and live.conname = established.constraint_name
            and live.contype = 'f'
    where live.convalidated is not true
)

select * from final
