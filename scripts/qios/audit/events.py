"""The rows that some events of the journal tell of, as a table to work on.

`taken` has a row for each row of an audited table that the events wrote: target_schema,
target_table, target_id, the first of them (event_id, first_at), whether that one inserted it
(is_new), and whether the row is no longer there (is_gone, which restore() finds out).
A row that they wrote several times goes back to what it was before the first.
"""

from dataclasses import dataclass, field

import psycopg
from psycopg import sql

Values = dict[str, object]
Table = tuple[str, str]
"""Schema and name."""


@dataclass(frozen=True)
class Events:
    """Events by a condition over core.audit_events, `event`, and its parameters."""

    condition: sql.Composable
    values: Values = field(default_factory=dict)


def collect(database: psycopg.Connection, events: Events) -> int:
    """Fill `taken`, which lives until the transaction ends; the number of its rows."""
    database.execute("drop table if exists pg_temp.taken")
    statement = sql.SQL(
        """
        create temporary table taken on commit drop as
        select distinct on (target_schema, target_table, target_id)
            event.target_schema, event.target_table, written.target_id,
            event.id as event_id, event.occurred_at as first_at,
            event.write_operation = 'insert' as is_new, false as is_gone
        from core.audit_events as event
        cross join lateral unnest(
            coalesce(event.inserted_ids, array[event.target_id])
        ) as written (target_id)
        where event.write_operation is not null and {}
        order by target_schema, target_table, target_id, first_at
        """
    ).format(events.condition)
    # A parameter has no place in a statement that makes a table; psycopg puts it in as a literal.
    rows = psycopg.ClientCursor(database).execute(statement, events.values).rowcount
    database.execute("analyze taken")
    return rows


def tables_of_taken(database: psycopg.Connection) -> list[Table]:
    """The tables of `taken`: those that others point to come before the others."""
    names = database.execute(
        "select distinct target_schema, target_table from taken order by 1, 2"
    ).fetchall()
    points_to: dict[Table, list[Table]] = {name: [] for name in names}
    for *source, schema, table in database.execute(
        """
        select distinct source.relnamespace::regnamespace::text, source.relname,
            target.relnamespace::regnamespace::text, target.relname
        from pg_catalog.pg_constraint as key
        inner join pg_catalog.pg_class as source on source.oid = key.conrelid
        inner join pg_catalog.pg_class as target on target.oid = key.confrelid
        where key.contype = 'f' and key.conrelid <> key.confrelid
        order by 1, 2, 3, 4
        """
    ):
        if (schema, table) in points_to and tuple(source) in points_to:
            points_to[tuple(source)].append((schema, table))
    ordered: dict[Table, None] = {}

    def visit(name: Table, coming_from: frozenset[Table]) -> None:
        for other in points_to[name]:
            if other not in ordered and other not in coming_from:
                visit(other, coming_from | {name})
        ordered[name] = None

    for name in names:
        if name not in ordered:
            visit(name, frozenset())
    return list(ordered)
