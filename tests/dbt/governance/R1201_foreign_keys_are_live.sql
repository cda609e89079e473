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
        reference.constraint_name,
        regexp_replace(lower(reference.definition), '[" ]', '', 'g') as definition,
        regexp_match(
            reference.definition, '^foreign key \("(.+)"\) references "(.+)"\."(.+)" \("(.+)"\)'
        ) as parts
    from states
    cross join lateral jsonb_each_text(states.established) as reference (constraint_name, definition)
),

-- Where a column, a table or the key that is pointed at is gone, that is the finding of R0704, R0702 or R1302.
possible as (
    select established.*
    from established
    inner join pg_catalog.pg_attribute as pointing
        on pointing.attrelid = established.conrelid and pointing.attname = established.parts[1]
    inner join pg_catalog.pg_attribute as pointed_at
        on pointed_at.attrelid = to_regclass(format('%I.%I', established.parts[2], established.parts[3]))
            and pointed_at.attname = established.parts[4]
    where exists (
            select from pg_catalog.pg_index as key
            where key.indrelid = pointed_at.attrelid
                and key.indisunique
                and key.indkey::text = pointed_at.attnum::text
        )
),

live as (
    select
        conrelid,
        conname as constraint_name,
        convalidated,
        pg_get_constraintdef(oid) as definition
    from pg_catalog.pg_constraint
    where contype = 'f'
),

findings as (
    select
        possible.table_name || '.' || possible.constraint_name as object,
        case
            when live.conrelid is null then 'the foreign key was dropped'
            when not live.convalidated then 'the foreign key is not validated'
            else 'is now ' || live.definition || ', not what the registry says'
        end as detail
    from possible
    left join live using (conrelid, constraint_name)
    where live.convalidated is not true
        or regexp_replace(lower(live.definition), '[" ]', '', 'g') <> possible.definition
    union all
    select
        states.table_name || '.' || live.constraint_name as object,
        'is a foreign key that the registry does not have' as detail
    from live
    inner join states using (conrelid)
    where states.established is not null
        and not states.established ? live.constraint_name::text
        -- What was renamed is told once, by the name that it has lost.
        and not exists (
            select from established
            left join live as kept using (conrelid, constraint_name)
            where established.conrelid = live.conrelid
                and kept.conrelid is null
                and established.definition = regexp_replace(lower(live.definition), '[" ]', '', 'g')
        )
),

final as (
    select
        'R1201' as rule_code,
        object,
        detail
    from findings
)

select * from final
