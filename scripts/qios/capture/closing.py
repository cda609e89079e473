"""What is noted of a capture that was decided about, and what is left of it."""

import uuid
from collections.abc import Mapping
from typing import Any

import psycopg

from qios.capture.offering import HandedOver
from qios.person import person
from qios.registry.model import Relation


def note(
    database: psycopg.Connection,
    relation: Relation,
    item: Mapping[str, Any],
    outcome: HandedOver,
) -> None:
    """The event of the handing over, with its place in the row of attempts."""
    database.execute(
        """
        insert into qiaccess.handoff_events (classification_queue_id, capture_event_id,
            receiving_module, target_schema, target_table, target_id, handed_off_by, status,
            completed_at, error_code, error_message, created_by, attempt_number)
        select %(item)s, %(event)s, %(schema)s, %(schema)s, %(table)s, %(id)s, %(by)s, %(status)s,
            now(), %(code)s, %(message)s, %(by)s, 1 + count(*)
        from qiaccess.handoff_events where classification_queue_id = %(item)s
        """,
        {
            "item": item["id"],
            "event": item["capture_event_id"],
            "schema": relation.schema,
            "table": relation.name,
            "id": outcome.target_id,
            "by": person(),
            "status": outcome.status,
            "code": None if outcome.target_id else "does_not_fit",
            "message": f"missing: {', '.join(outcome.missing)}" if outcome.missing else None,
        },
    )


def close(
    database: psycopg.Connection,
    item: Mapping[str, Any],
    decision: str,
    status: str,
    reason: str | None,
    relation: Relation | None = None,
    made: uuid.UUID | None = None,
) -> None:
    """Close the item, with the home that it really came to, and move capture and entry on."""
    told = {
        "id": item["id"],
        "event": item["capture_event_id"],
        "decision": decision,
        "status": status,
        "by": person(),
        "reason": reason,
        "schema": relation.schema if relation else item["target_schema"],
        "table": relation.name if relation else item["target_table"],
        "made": made,
    }
    database.execute(
        """
        update qiaccess.classification_queue set status = 'decided', decision = %(decision)s,
            decided_at = now(), decided_by = %(by)s, decision_reason = %(reason)s,
            target_schema = %(schema)s, target_table = %(table)s, target_id = %(made)s,
            updated_at = now(), updated_by = %(by)s
        where id = %(id)s
        """,
        told,
    )
    for statement in (
        "update qiaccess.capture_events set status = %(status)s, updated_at = now(),"
        " updated_by = %(by)s where id = %(event)s",
        "update qiaccess.quick_entries set status = %(status)s, updated_at = now(),"
        " updated_by = %(by)s where capture_event_id = %(event)s",
    ):
        database.execute(statement, told)


def empty(database: psycopg.Connection, item: Mapping[str, Any]) -> None:
    """Leave of the capture that it was, and none of its words, sums or hashes (§4.5)."""
    database.execute(
        """
        update qiaccess.capture_events
        set content_text = null, payload = null, sha256 = null, latitude = null, longitude = null
        where id = %s
        """,
        [item["capture_event_id"]],
    )
    database.execute(
        """
        update qiaccess.quick_entries
        set title = entry_type, content_text = null, due_at = null, amount = null, currency = null
        where capture_event_id = %s
        """,
        [item["capture_event_id"]],
    )
