"""Whether the database is still as a plan saw it: rows named that are not."""

import uuid
from collections.abc import Iterator

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import reviewed_sources
from qios.plans.make import approved_rows
from qios.plans.merges import pending_merges

Table = tuple[str, str]
"""Schema and name of a canonical table."""

# The image goes through the table's row type: its text depends on the session that wrote it.
HELD = sql.SQL(
    """
    with held as materialized (
        select target.* from {table} as target
        inner join qinexus.promotion_plan_changes as change on change.target_id = target.id
        where change.promotion_plan_id = %(plan)s and change.target_schema = %(schema)s
            and change.target_table = %(name)s
        for update of target
    )

    select change.target_id, planned.image, to_jsonb(held)
    from qinexus.promotion_plan_changes as change
    left join held on held.id = change.target_id
    cross join lateral (
        select case when change.values_before is not null
            then to_jsonb(jsonb_populate_record(null::{table}, change.values_before)) end as image
    ) as planned
    where change.promotion_plan_id = %(plan)s and change.target_schema = %(schema)s
        and change.target_table = %(name)s and to_jsonb(held) is distinct from planned.image
    order by change.target_id
    """
)


def moved_since(
    database: psycopg.Connection, plan: uuid.UUID, tables: list[Table]
) -> Iterator[str]:
    """What is not as it was when the plan was made, a line each; the rows are locked from now on.

    Runs in the transaction that carries the plan out.
    """
    yield from _moved_approvals(database, plan)
    yield from _moved_merges(database, plan)
    for schema, name in tables:
        statement = HELD.format(table=sql.Identifier(schema, name))
        for row in database.execute(statement, {"plan": plan, "schema": schema, "name": name}):
            yield from _moved_row(f"{schema}.{name}", *row)


def _moved_row(table: str, row_id: uuid.UUID, was: dict | None, now: dict | None) -> Iterator[str]:
    if was is None:
        yield f"{table} {row_id}: was not there, and is now"
    elif now is None:
        yield f"{table} {row_id}: was there, and is gone"
    else:
        for column in sorted(was.keys() | now.keys()):
            if was.get(column) != now.get(column):
                yield (
                    f"{table} {row_id}, {column}: was {was.get(column)!r}, is {now.get(column)!r}"
                )


def _moved_approvals(database: psycopg.Connection, plan: uuid.UUID) -> Iterator[str]:
    """The staged rows of the plan's batches that are approved no more, or only since."""
    (planned,) = database.execute(
        "select staged_rows from qinexus.promotion_plans where id = %s", [plan]
    ).fetchone()
    for source in reviewed_sources():
        approved = {}
        for batch in planned:
            approved |= approved_rows(database, source, batch)
        known = database.execute(
            sql.SQL(
                "select distinct import_batch_id::text from {} where import_batch_id = any(%s)"
            ).format(sql.Identifier(STAGING, source.landing)),
            [list(planned)],
        )
        for (batch,) in known.fetchall():
            was, now = planned[batch], approved.get(batch, "{}")
            no_more, since = database.execute(
                "select (%(was)s::int8multirange - %(now)s::int8multirange)::text,"
                " (%(now)s::int8multirange - %(was)s::int8multirange)::text",
                {"was": was, "now": now},
            ).fetchone()
            where = f"{STAGING}.{source.landing} batch {batch[:8]}"
            if no_more != "{}":
                yield f"{where}, rows {no_more}: were approved, and are not now"
            if since != "{}":
                yield f"{where}, rows {since}: were not approved, and are now"


def _moved_merges(database: psycopg.Connection, plan: uuid.UUID) -> Iterator[str]:
    (planned,) = database.execute(
        "select planned_merges from qinexus.promotion_plans where id = %s", [plan]
    ).fetchone()
    was = {(pair["left"], pair["right"]) for pair in planned}
    now = {(pair["left"], pair["right"]) for pair in pending_merges(database, plan)}
    for left, right in sorted(was ^ now):
        said = "is decided no more" if (left, right) in was else "was decided since"
        yield f"core.pair_decisions {left} = {right}: {said}"
