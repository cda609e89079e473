"""A plan: the promotion's own statements run, with what they would write noted in place of it."""

import uuid
from collections import ChainMap
from contextlib import closing

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from qios.dbt import one_build, run_dbt
from qios.errors import Findings
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.plans.merges import pending_merges
from qios.review.selection import Selection, batch_prefix
from qios.server.connection import connect
from qios.turns import DECIDE, take_turn

PROMOTABLE = ("approved", "promoting")
NO_OTHERS = sql.SQL("")


def make(database: psycopg.Connection, selection: Selection) -> uuid.UUID | None:
    """Plan the promotion of the rows of a selection (its source and batch), and keep the plan.

    database: an autocommit connection. The id of the plan; None where no row is approved and no
    merge decided. Decisions wait until the plan is made. An earlier plan is superseded, and one
    that was killed goes.
    """
    with one_build() as lock, closing(connect()) as turn:
        take_turn(turn, DECIDE)
        supersede(database)
        found = {source: _promotable(database, source, selection) for source in selection.sources()}
        models = [f"path:models/promotion/{source.key}+1" for source, rows in found.items() if rows]
        if not models and not pending_merges(database):
            return None
        (plan,) = database.execute(
            """
            insert into qinexus.promotion_plans (staged_rows) values (%s) returning id
            """,
            [Jsonb(dict(ChainMap(*found.values())))],
        ).fetchone()
        exit_code = models and run_dbt(
            *("--quiet", "run", "--select", *models), lock=lock, QIOS_PLAN=str(plan)
        )
        if exit_code:
            supersede(database)
            raise Findings(
                "dbt could not work the plan out; nothing was changed",
                "read dbt's message above, mend its cause, then make the plan again",
            )
        database.execute(
            """
            update qinexus.promotion_plans
            set status = 'open', planned_merges = %(merges)s, updated_at = now(), stats = (
                select coalesce(jsonb_object_agg(name, counts), '{}')
                from (
                    select target_schema || '.' || target_table as name, jsonb_build_object(
                        'inserted', count(*) filter (where planned_change = 'insert'),
                        'updated', count(*) filter (where planned_change = 'update'),
                        'conflicts', count(conflicts)
                    ) as counts
                    from qinexus.promotion_plan_changes
                    where promotion_plan_id = %(plan)s
                    group by 1
                ) as of_table
            )
            where id = %(plan)s
            """,
            {"plan": plan, "merges": Jsonb(pending_merges(database, plan))},
        )
    return plan


def supersede(database: psycopg.Connection) -> None:
    """Supersede the plans that were not executed, and drop what they noted: it holds no more."""
    with database.transaction():
        gone = database.execute(
            """
            update qinexus.promotion_plans set status = 'superseded', updated_at = now()
            where status in ('planning', 'open') returning id
            """
        ).fetchall()
        database.execute(
            "delete from qinexus.promotion_plan_changes where promotion_plan_id = any(%s)",
            [[plan for (plan,) in gone]],
        )


def _promotable(
    database: psycopg.Connection, source: Source, selection: Selection
) -> dict[str, str]:
    """Batch id → the numbers of its rows to be promoted, as text of an int8multirange.

    Those that the source's policy would approve count as approved: a plan moves no row.
    """
    valid = sql.SQL(
        """
        union all
        select row.import_batch_id, row.row_number
        from {} as row
        inner join qinexus.import_batches as batch on batch.id = row.import_batch_id
        where row.review_status = 'pending' and cardinality(row.problem_codes) = 0
            and batch.status <> 'staged'
        """
    ).format(sql.Identifier(STAGING, source.view))
    by_policy = valid if source.approves_valid_rows else NO_OTHERS
    batch = f"{batch_prefix(selection.batch)}%" if selection.batch else "%"
    return approved_rows(database, source, batch, by_policy)


def approved_rows(
    database: psycopg.Connection,
    source: Source,
    batch: str,
    others: sql.Composable = NO_OTHERS,
) -> dict[str, str]:
    """Batch id → the numbers of its approved rows, of the batches whose id is like `batch`.

    others: `union all` and a query of (import_batch_id, row_number) of rows that count as approved.
    """
    statement = sql.SQL(
        """
        select import_batch_id::text,
            range_agg(int8range(row_number, row_number, '[]'))::text
        from (
            select import_batch_id, row_number from {} where review_status = any(%(statuses)s) {}
        ) as row
        where import_batch_id::text like %(batch)s
        group by import_batch_id
        """
    ).format(sql.Identifier(STAGING, source.landing), others)
    values = {"statuses": list(PROMOTABLE), "batch": batch}
    return dict(database.execute(statement, values).fetchall())
