"""Decisions over staged rows: who, when, why, on each row; and an event for the whole decision."""

import getpass
import os

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.review.rows import find_rows, set_status
from qios.review.selection import Selection
from qios.review.transitions import PERSON, deciding, may_become

ALLOWED = sql.SQL("row.review_status = any(%(allowed)s) and {}")
COUNTS = sql.SQL(
    """
    select count(*) filter (where review_status = %(status)s),
        count(*) filter (where review_status <> %(status)s
            and not review_status = any(%(allowed)s))
    from {} as row where {}
    """
)


def person() -> str:
    """Who decides: QIOS_USER, else the account that runs the command."""
    return os.environ.get("QIOS_USER") or getpass.getuser()


def decide(
    database: psycopg.Connection, selection: Selection, status: str, reason: str | None
) -> dict[str, int]:
    """Give the selected rows a status: {changed, unchanged, refused}, numbers of rows.

    unchanged: had it already; refused: stand where the registry allows no such step. All or none.
    """
    counts = {"changed": 0, "unchanged": 0, "refused": 0}
    with deciding(database):
        allowed = may_become(database, status, PERSON)
        decision = {"status": status, "by": person(), "reason": reason}
        condition, values = selection.condition()
        values |= {"status": status, "allowed": allowed}
        for source in selection.sources():
            same, refused = database.execute(
                COUNTS.format(sql.Identifier(STAGING, source.view), condition), values
            ).fetchone()
            found = find_rows(database, source, ALLOWED.format(condition), values)
            changed = set_status(database, source, found, allowed, decision)
            for batch_id, number in changed.items():
                note(database, source.landing, batch_id, number, decision)
            counts["changed"] += sum(changed.values())
            counts["unchanged"] += same
            counts["refused"] += refused
    return counts


def note(
    database: psycopg.Connection, landing: str, batch_id: object, number: int, decision: dict
) -> None:
    """The event of a decision, {status, by, reason}, over so many rows of a batch."""
    database.execute(
        """
        insert into core.audit_events
            (actor, action, target_schema, target_table, row_count, reason, import_batch_id)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        [
            *(decision["by"], f"review_{decision['status']}", STAGING, landing, number),
            *(decision["reason"], batch_id),
        ],
    )
