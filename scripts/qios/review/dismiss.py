"""Refused rows that nobody wants: they stay in staging.import_rows, and wait no more."""

from collections import Counter

import psycopg
from psycopg import sql

from qios.gate import clean_text
from qios.person import person
from qios.review.rows import note_decision
from qios.review.selection import Selection
from qios.review.transitions import PERSON, deciding, may_become

DISMISSED = "rejected"


def dismiss(database: psycopg.Connection, selection: Selection, reason: str | None) -> int:
    """Reject the selected refused rows that wait, with who, when and why; their number.

    The selection's problem is the code of the reason for which a row was refused.
    """
    condition, values = selection.condition()
    statement = sql.SQL(
        """
        update staging.import_rows as refused
        set review_status = %(status)s, reviewed_at = now(), reviewed_by = %(by)s,
            review_reason = %(reason)s
        from (
            select import_batch_id, row_number, source_key, review_status,
                array[reason_code] as problem_codes
            from staging.import_rows
            where retried_at is null and review_status = any(%(allowed)s)
        ) as row
        where refused.import_batch_id = row.import_batch_id
            and refused.row_number = row.row_number
            and (%(source)s::text is null or row.source_key = %(source)s)
            and {}
        returning refused.import_batch_id
        """
    ).format(condition)
    why = clean_text(reason) if reason else None
    decision = {"status": DISMISSED, "by": person(), "reason": why}
    with deciding(database):
        allowed = may_become(database, DISMISSED, PERSON)
        given = values | decision | {"allowed": allowed, "source": selection.source}
        batches = Counter(batch for (batch,) in database.execute(statement, given))
        note_decision(database, "import_rows", batches, decision)
    return sum(batches.values())
