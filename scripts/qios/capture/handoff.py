"""Handing captures over to the schemas that own their meaning."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.rows import dict_row

from qios.audit.act import acting
from qios.capture.closing import close, empty, note
from qios.capture.meaning import home
from qios.capture.offering import HandedOver, offer
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.paths import project_root
from qios.registry.model import Registry

ACCEPT, REJECT = "new", "reject"
"""The decisions of field classification_decision that a capture can have."""

OPEN = ("waiting", "assigned")


def hand_over(
    database: psycopg.Connection,
    queue_ids: Sequence[uuid.UUID],
    decision: str,
    target: str | None = None,
    *,
    values: Mapping[str, str | None] | None = None,
    about: uuid.UUID | None = None,
    reason: str | None = None,
) -> list[HandedOver]:
    """Decide about captures that wait in the queue (waiting_reason `capture`), in one transaction.

    decision `new` makes the record in `target` (`schema.table`), else in the home proposed for it,
    notes qiaccess.handoff_events, closes the item, and empties the capture. One whose record cannot
    be made is `refused`: it waits on, its event says why, and the others are handed over.
    decision `reject` discards captures; their words stay until somebody takes them up again.

    values: column -> text for the records, before what the capture says; None leaves a column out.
    about: the entity that the records are about. Raises UsageError for another decision, target or
    column, Findings for ids that are not open captures.
    """
    if decision not in (ACCEPT, REJECT):
        raise UsageError(
            f"a capture cannot be decided as {decision!r}", f"choose {ACCEPT} or {REJECT}"
        )
    registry = Registry(project_root())
    wanted = home(registry, target) if target else None
    action = "discard" if decision == REJECT else "hand_over"
    reason = clean_text(reason) if reason else None
    given = {column: value and clean_text(value) for column, value in (values or {}).items()}
    outcomes = []
    with acting(database, action, reason):
        for item in _items(database, queue_ids):
            if decision == REJECT:
                close(database, item, REJECT, "discarded", reason)
                outcomes.append(HandedOver(item["id"], _target(item), "discarded"))
                continue
            relation = wanted or home(registry, _target(item))
            outcome = offer(database, relation, item, given, about)
            note(database, relation, item, outcome)
            if outcome.target_id:
                close(database, item, ACCEPT, "handed_off", reason, relation, outcome.target_id)
                empty(database, item)
            outcomes.append(outcome)
    return outcomes


def _target(item: Mapping[str, Any]) -> str:
    return f"{item['target_schema']}.{item['target_table']}"


def _items(database: psycopg.Connection, queue_ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    """The items with their captures, locked, in the order captured."""
    with database.cursor(row_factory=dict_row) as cursor:
        items = cursor.execute(
            """
            select item.id, item.target_schema, item.target_table, item.capture_event_id,
                event.captured_at, event.content_text, event.file_id, file.file_name,
                entry.entity_id, entry.amount, entry.currency, surface.entity_id as owner,
                route.target_schema || '.' || route.target_table as route_target,
                route.route_values
            from qiaccess.classification_queue as item
            inner join qiaccess.capture_events as event on event.id = item.capture_event_id
            left join qiaccess.quick_entries as entry on entry.capture_event_id = event.id
            left join qiaccess.entry_routes as route on route.id = entry.entry_route_id
            left join qiaccess.user_surfaces as surface on surface.id = event.surface_id
            left join qinexus.files as file on file.id = event.file_id
            where item.id = any(%s) and item.waiting_reason = 'capture' and item.status = any(%s)
            order by event.captured_at, item.id
            for update of item, event
            """,
            [list(queue_ids), list(OPEN)],
        ).fetchall()
    if unknown := set(queue_ids) - {item["id"] for item in items}:
        raise Findings(
            f"no capture waits as {', '.join(sorted(map(str, unknown)))}",
            "`qios captures` lists what waits",
        )
    return items
