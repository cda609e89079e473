"""What was captured about a person: it goes with its entry, its item and its handing over.

What was handed over is empty, but the journal still has its words as it was before.
"""

import uuid

import psycopg

CAPTURES = "qiaccess.capture_events"
CAPTURES_OF = """
    with about as materialized (
        select capture_event_id from qiaccess.quick_entries where entity_id = any(%s)
        union
        select capture_event_id from qiaccess.handoff_events
        where (target_schema || '.' || target_table, target_id)
            in (select table_name, id from forgotten_rows)
    )

    insert into forgotten_rows
    select 'qiaccess.capture_events', capture_event_id from about
    where capture_event_id is not null
    union all
    select 'qiaccess.quick_entries', id from qiaccess.quick_entries
    where capture_event_id in (select capture_event_id from about)
    union all
    select 'qiaccess.handoff_events', id from qiaccess.handoff_events
    where capture_event_id in (select capture_event_id from about)
    union all
    select 'qiaccess.classification_queue', id from qiaccess.classification_queue
    where capture_event_id in (select capture_event_id from about)
    on conflict do nothing
"""


def note_captures(database: psycopg.Connection, group: list[uuid.UUID]) -> None:
    """Add to forgotten_rows what was captured about these entities, or is a record that goes."""
    database.execute(CAPTURES_OF, [group])
