"""The captures that wait to be handed over."""

from typing import Any

import psycopg
from psycopg.rows import dict_row


def captures(database: psycopg.Connection, *, every: bool = False) -> list[dict[str, Any]]:
    """{id, captured_at, status, title, target, due_at, amount, currency}, the latest last.

    id: of the item in the review queue. every: also what was handed over or discarded.
    """
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            select item.id, event.captured_at, event.status, entry.title,
                item.target_schema || '.' || item.target_table as target, item.target_id,
                entry.due_at, entry.amount, entry.currency
            from qiaccess.capture_events as event
            inner join qiaccess.classification_queue as item on item.capture_event_id = event.id
            left join qiaccess.quick_entries as entry on entry.capture_event_id = event.id
            where %s or event.status = 'queued'
            order by event.captured_at, item.id
            """,
            [every],
        ).fetchall()
