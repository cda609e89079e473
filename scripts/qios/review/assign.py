"""Who is to decide about an item of the queue."""

import psycopg
from psycopg import sql

from qios.gate import clean_text
from qios.person import person
from qios.review.selection import OPEN, Selection
from qios.review.transitions import deciding


def assign(database: psycopg.Connection, selection: Selection, to: str) -> int:
    """Give the selected open items to a person, or to nobody where `to` is empty; how many were
    somebody else's before."""
    to = clean_text(to)
    condition, values = selection.item_condition()
    statement = sql.SQL(
        """
        update qiaccess.classification_queue as item
        set status = %(status)s, assigned_to = %(to)s, updated_at = now(), updated_by = %(by)s
        where {} and item.status = any(%(open)s) and item.assigned_to is distinct from %(to)s
        """
    ).format(condition)
    said = {
        "status": "assigned" if to else "waiting",
        "to": to or None,
        "by": person(),
        "open": list(OPEN),
    }
    with deciding(database):
        number = database.execute(statement, values | said).rowcount
        if number:
            database.execute(
                """
                insert into core.audit_events
                    (actor, action, target_schema, target_table, row_count, reason)
                values (%s, 'review_assign', 'qiaccess', 'classification_queue', %s, %s)
                """,
                [person(), number, f"to {to}" if to else "to nobody"],
            )
    return number
