"""Staged rows found through the typed view of their source, and changed by their numbers.

Never as a join of the two: how many rows wait is what the planner knows least right after an
import, and the view could be evaluated once for every row.
"""

import uuid
from collections.abc import Mapping

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import Source

Numbers = dict[uuid.UUID, list[int]]
"""Batch id -> numbers of some of its rows."""


def find_rows(
    database: psycopg.Connection,
    source: Source,
    condition: sql.Composable,
    values: dict[str, object],
) -> Numbers:
    """The rows for which a condition over the typed view, `row`, holds."""
    statement = sql.SQL(
        """
        select row.import_batch_id, array_agg(row.row_number)
        from {} as row where {} group by row.import_batch_id
        """
    ).format(sql.Identifier(STAGING, source.view), condition)
    return dict(database.execute(statement, values).fetchall())


def set_status(
    database: psycopg.Connection,
    source: Source,
    found: Numbers,
    earlier: list[str],
    decision: dict[str, object],
) -> dict[uuid.UUID, int]:
    """Change these rows, as far as they still stand at `earlier`; batch id -> number of rows.

    decision: {status, by, reason}.
    """
    statement = sql.SQL(
        """
        update {} set review_status = %(status)s, reviewed_at = now(), reviewed_by = %(by)s,
            review_reason = %(reason)s
        where import_batch_id = %(batch)s and row_number = any(%(numbers)s)
            and review_status = any(%(earlier)s)
        """
    ).format(sql.Identifier(STAGING, source.landing))
    changed = {}
    for batch, numbers in found.items():
        which = {"batch": batch, "numbers": numbers, "earlier": earlier}
        if number := database.execute(statement, decision | which).rowcount:
            changed[batch] = number
    return changed


def note_decision(
    database: psycopg.Connection,
    table: str,
    changed: Mapping[uuid.UUID, int],
    decision: dict[str, object],
) -> None:
    """An audit event for each batch with rows in `staging.<table>` that a decision changed.

    changed: batch id -> number of rows. decision: {status, by, reason}.
    """
    with database.cursor() as cursor:
        cursor.executemany(
            """
            insert into core.audit_events
                (actor, action, target_schema, target_table, row_count, reason, import_batch_id,
                correlation_id)
            values (%s, %s, %s, %s, %s, %s, %s,
                nullif(current_setting('qios.correlation_id', true), '')::uuid)
            """,
            [
                [
                    *(decision["by"], f"review_{decision['status']}", STAGING, table),
                    *(number, decision["reason"], batch_id),
                ]
                for batch_id, number in changed.items()
            ],
        )
