"""What the facets of survivors show, column by column."""

import uuid
from collections.abc import Collection

import psycopg
from psycopg import sql

from qios.identity.belonging import Table, home, surviving_columns

LAST = 2**31 - 1  # the rank of a source that has none, and of who is no source

# `value` is what the row says itself, below what it may show of others. `turned_away` says that a
# person has overwritten or corrected what it showed. The last words of `order by` make `best` one.
SETTLE = sql.SQL(
    """
    with members as (
        select id as entity_id, id as survivor_id from core.entities
        where id = any(%(survivors)s)
        union all
        select id, canonical_entity_id from core.entities
        where canonical_entity_id = any(%(survivors)s)
    ),

    rows as (
        select members.survivor_id, members.entity_id = members.survivor_id as is_own,
            count(*) over (partition by members.survivor_id) = 1 as is_alone,
            facet.id as row_id, facet.updated_at, to_jsonb(facet) as shown,
            word.said || {said_moments} || {said_homes} as said, word.updated_at as said_at,
            coalesce(source.trust_rank, %(last)s) as trust_rank,
            word.taken || {taken_moments} || {taken_homes} as taken, noted.own_values as own,
            array(
                select correction.column_name from core.corrections as correction
                where correction.target_schema = %(schema)s and correction.target_table = %(name)s
                    and correction.target_id = facet.id and correction.withdrawn_at is null
            ) as corrected
        from members
        inner join {table} as facet on facet.{key} = members.entity_id
        left join qinexus.source_values as last_word on last_word.id = facet.id
        left join core.surviving_values as noted on noted.id = facet.id
        cross join lateral (
            select coalesce(last_word.source_values, '{{}}') as said, last_word.updated_at,
                coalesce(noted.surviving_values, '{{}}') as taken
        ) as word
        left join qinexus.sources as source on source.source_key = facet.source_system
    ),

    weighed as (
        select rows.survivor_id, rows.is_own, rows.is_alone, rows.row_id, rows.updated_at,
            rows.said_at, rows.trust_rank, rule.column_name, rule.survivorship, cell.taken,
            cell.turned_away, cell.own, itself.value,
            cell.turned_away or itself.value is distinct from cell.said as by_person
        from rows
        cross join unnest(%(columns)s::text[], %(rules)s::text[])
            as rule (column_name, survivorship)
        cross join lateral (
            select
                nullif(rows.said -> rule.column_name, 'null') as said,
                rows.own -> rule.column_name as own,
                rows.taken -> rule.column_name as taken,
                coalesce(rows.shown -> rule.column_name <> rows.taken -> rule.column_name, false)
                    or rule.column_name = any(rows.corrected) as turned_away
        ) as cell
        cross join lateral (
            select case
                when cell.taken is null or cell.turned_away
                    then nullif(rows.shown -> rule.column_name, 'null')
                else coalesce(cell.own, cell.said)
            end as value
        ) as itself
    ),

    best as (
        select distinct on (weighed.survivor_id, weighed.column_name)
            weighed.survivor_id, weighed.column_name, weighed.value
        from weighed
        left join qivault.sensitivity_levels as level
            on weighed.survivorship = 'strictest' and level.level_key = weighed.value #>> '{{}}'
        where weighed.value <> to_jsonb(weighed.survivor_id)
        order by weighed.survivor_id, weighed.column_name,
            level.rank desc nulls last,
            weighed.by_person desc,
            case when weighed.survivorship = 'longest' then length(weighed.value #>> '{{}}') end
                desc nulls last,
            case when weighed.survivorship = 'most_trusted' then weighed.trust_rank end,
            case when weighed.by_person then weighed.updated_at else weighed.said_at end
                desc nulls last,
            weighed.trust_rank, weighed.is_own desc, weighed.row_id
    ),

    -- A person's value of the survivor itself stays, except that no level is lowered by a merge.
    chosen as (
        select mine.row_id,
            jsonb_object_agg(
                mine.column_name,
                coalesce(case when decided.stays then mine.value else best.value end, 'null')
            ) as shown,
            jsonb_object_agg(
                mine.column_name, case when decided.stays then mine.taken else best.value end
            ) filter (
                where decided.is_noted
            ) as taken,
            jsonb_object_agg(mine.column_name, coalesce(mine.own, mine.value)) filter (
                where decided.is_noted and mine.survivorship = 'strictest'
            ) as own
        from weighed as mine
        left join best
            on best.survivor_id = mine.survivor_id and best.column_name = mine.column_name
        cross join lateral (
            select mine.turned_away or mine.by_person and mine.survivorship <> 'strictest'
                or best.value is null or best.value is not distinct from mine.value as stays
        ) as itself
        cross join lateral (
            select itself.stays,
                not itself.stays
                or mine.turned_away and mine.taken is not null and not mine.is_alone as is_noted
        ) as decided
        where mine.is_own
        group by mine.row_id
    ),

    written as (
        update {table} as facet
        set ({columns}) = (
            select {shown} from jsonb_populate_record(facet, chosen.shown) as surviving
        ) {touched}
        from chosen
        where facet.id = chosen.row_id and not to_jsonb(facet) @> chosen.shown
    ),

    forgotten as (
        delete from core.surviving_values as noted using chosen
        where noted.id = chosen.row_id and chosen.taken is null
    )

    insert into core.surviving_values as noted
        (id, target_schema, target_table, surviving_values, own_values)
    select row_id, %(schema)s, %(name)s, taken, coalesce(own, '{{}}')
    from chosen
    where taken is not null
    on conflict (id) do update set
        surviving_values = excluded.surviving_values, own_values = excluded.own_values,
        updated_at = now()
    where (noted.surviving_values, noted.own_values)
        is distinct from (excluded.surviving_values, excluded.own_values)
    """
)


def settle_facet(
    database: psycopg.Connection, table: Table, survivors: Collection[uuid.UUID]
) -> None:
    """Let the rows of these survivors in one table show what survives of their groups."""
    rules = surviving_columns(table)
    names = [sql.Identifier(name) for name in rules]
    statement = SETTLE.format(
        table=table.identifier,
        key=sql.Identifier(table.facet_of),
        said_moments=_moments(table, sql.Identifier("word", "said")),
        taken_moments=_moments(table, sql.Identifier("word", "taken")),
        said_homes=_homes(table, sql.Identifier("word", "said")),
        taken_homes=_homes(table, sql.Identifier("word", "taken")),
        columns=sql.SQL(", ").join(names),
        shown=sql.SQL(", ").join(sql.SQL("surviving.{}").format(name) for name in names),
        touched=table.touched,
    )
    values = {
        "survivors": list(survivors),
        "columns": list(rules),
        "rules": list(rules.values()),
        "last": LAST,
        "schema": table.relation.schema,
        "name": table.relation.name,
    }
    database.execute(statement, values)


def _moments(table: Table, values: sql.Composable) -> sql.Composable:
    """The moments among values by column name, written as this session writes those of the row."""
    pairs = [
        sql.SQL("{name}, ({values} ->> {name})::timestamptz").format(
            name=sql.Literal(name), values=values
        )
        for name in surviving_columns(table)
        if table.columns[name].data_type == "timestamptz"
    ]
    return sql.SQL("jsonb_strip_nulls(jsonb_build_object({}))").format(sql.SQL(", ").join(pairs))


def _homes(table: Table, values: sql.Composable) -> sql.Composable:
    """The entities among values by column name, as the survivors that they have become since."""
    pairs = []
    for pointer in table.pointers:
        name = sql.Literal(pointer.column)
        value = sql.SQL("({} ->> {})::uuid").format(values, name)
        pairs += [name, home(pointer, value)]
    return sql.SQL("jsonb_strip_nulls(jsonb_build_object({}))").format(sql.SQL(", ").join(pairs))
