"""Decisions over staged rows: who, when, why, on each row; and an event for the whole decision."""

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.person import person
from qios.review.queue import close
from qios.review.rows import find_rows, note_decision, set_status
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
            note_decision(database, source.landing, changed, decision)
            close(database, found, decision)
            counts["changed"] += sum(changed.values())
            counts["unchanged"] += same
            counts["refused"] += refused
    return counts
