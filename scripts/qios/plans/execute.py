"""A plan carried out: what it noted is written, in one transaction, where nothing has moved since.

The build that follows finds the last word of the source there, so it changes none of these rows; it
links them and finishes. Rows with a conflict are left to it, since it is the merge that asks about
them. Killed in between, the next promotion does the rest.
"""

import uuid
from graphlib import TopologicalSorter
from itertools import islice

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.errors import Findings
from qios.intake.landing import STAGING
from qios.intake.sources import reviewed_sources
from qios.plans.find import find_plan
from qios.plans.moved import Table, moved_since
from qios.turns import DECIDE, take_turn

NAMED = 20
INSERT = sql.SQL(
    """
    insert into {table} ({columns})
    select {values} from qinexus.promotion_plan_changes as change
    cross join lateral jsonb_populate_record(null::{table}, change.values_after) as planned
    where change.promotion_plan_id = %(plan)s and change.target_schema = %(schema)s
        and change.target_table = %(name)s and change.planned_change = 'insert'
    """
)
UPDATE = sql.SQL(
    """
    update {table} as target
    set ({columns}) = row({values}), updated_at = now(), updated_by = session_user
    from qinexus.promotion_plan_changes as change
    cross join lateral jsonb_populate_record(null::{table}, change.values_after) as planned
    where target.id = change.target_id and change.promotion_plan_id = %(plan)s
        and change.target_schema = %(schema)s and change.target_table = %(name)s
        and change.planned_change = 'update' and change.conflicts is null
    """
)
LAST_WORDS = """
    insert into qinexus.source_values as last_word
        (id, target_schema, target_table, source_values, source_system, import_batch_id)
    select target_id, target_schema, target_table, source_values, source_system, import_batch_id
    from qinexus.promotion_plan_changes
    where promotion_plan_id = %(plan)s and conflicts is null
    on conflict (id) do update set
        source_values = excluded.source_values, import_batch_id = excluded.import_batch_id,
        updated_at = now()
"""


def carry_out(database: psycopg.Connection, plan: uuid.UUID) -> None:
    """Write what a plan noted, and freeze its staged rows; all or nothing.

    Raises Findings that name the rows which moved since the plan was made. Decisions wait, and so
    does whoever writes one of the rows.
    """
    with acting(database, "promote"):
        take_turn(database, DECIDE)
        database.execute("select from qinexus.promotion_plans where id = %s for update", [plan])
        find_plan(database, str(plan))  # once more: another process may have been faster
        tables = _tables(database, plan)
        moved = list(islice(moved_since(database, plan, tables), NAMED + 1))
        if moved:
            more = ["  …"] if len(moved) > NAMED else []
            raise Findings(
                "\n".join(
                    [
                        f"the database moved since the plan {str(plan)[:8]} was made:",
                        *(f"  {line}" for line in moved[:NAMED]),
                        *more,
                    ]
                ),
                "nothing was changed; make a new plan by `qios promote --plan`",
            )
        for statement in (INSERT, UPDATE):
            for table in tables:
                _write(database, plan, table, statement)
        database.execute(LAST_WORDS, {"plan": plan})
        _freeze(database, plan)
        database.execute(
            """
            update qinexus.promotion_plans
            set status = 'executed', executed_at = now(), updated_at = now() where id = %s
            """,
            [plan],
        )


def _tables(database: psycopg.Connection, plan: uuid.UUID) -> list[Table]:
    """The tables that the plan writes, each after those to which its foreign keys lead."""
    found = database.execute(
        """
        select distinct target_schema, target_table from qinexus.promotion_plan_changes
        where promotion_plan_id = %s order by 1, 2
        """,
        [plan],
    ).fetchall()
    order = TopologicalSorter({table: set() for table in found})
    keys = database.execute(
        """
        select child.relnamespace::regnamespace::text, child.relname,
            parent.relnamespace::regnamespace::text, parent.relname
        from pg_catalog.pg_constraint as key
        inner join pg_catalog.pg_class as child on child.oid = key.conrelid
        inner join pg_catalog.pg_class as parent on parent.oid = key.confrelid
        where key.contype = 'f' and child.oid <> parent.oid
        """
    )
    for *child, parent_schema, parent in keys:
        if tuple(child) in found and (parent_schema, parent) in found:
            order.add(tuple(child), (parent_schema, parent))
    return list(order.static_order())


def _write(database: psycopg.Connection, plan: uuid.UUID, table: Table, statement: sql.SQL) -> None:
    which = {"plan": plan, "schema": table[0], "name": table[1]}
    columns = database.execute(
        """
        select array(select jsonb_object_keys(values_after)) from qinexus.promotion_plan_changes
        where promotion_plan_id = %(plan)s and target_schema = %(schema)s
            and target_table = %(name)s
        limit 1
        """,
        which,
    ).fetchone()[0]
    names = [sql.Identifier(name) for name in columns]
    database.execute(
        statement.format(
            table=sql.Identifier(*table),
            columns=sql.SQL(", ").join(names),
            values=sql.SQL(", ").join(sql.SQL("planned.{}").format(name) for name in names),
        ),
        which,
    )


def _freeze(database: psycopg.Connection, plan: uuid.UUID) -> None:
    """Move the plan's staged rows to `promoting`; no other row of these batches is approved."""
    for source in reviewed_sources():
        database.execute(
            sql.SQL(
                """
                update {} set review_status = 'promoting'
                where review_status = 'approved' and import_batch_id in (
                    select jsonb_object_keys(staged_rows)::uuid
                    from qinexus.promotion_plans where id = %s
                )
                """
            ).format(sql.Identifier(STAGING, source.landing)),
            [plan],
        )
