"""Handing captures over to the schemas that own their meaning."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.audit.act import acting
from qios.capture.meaning import Content, home, values_for
from qios.capture.reading import read
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.paths import project_root
from qios.person import person
from qios.registry.model import Registry, Relation

ACCEPT, REJECT = "new", "reject"
"""The decisions of field classification_decision that a capture can have."""

OPEN = ("waiting", "assigned")
SOURCE = "capture"


@dataclass
class HandedOver:
    """What became of one item. status: of the handing over, or `discarded`."""

    classification_queue_id: uuid.UUID
    target: str
    status: str
    target_id: uuid.UUID | None = None
    message: str = ""
    cure: str = ""
    missing: list[str] = field(default_factory=list)


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
                _close(database, item, REJECT, "discarded", reason)
                outcomes.append(HandedOver(item["id"], _target(item), "discarded"))
                continue
            relation = wanted or home(registry, _target(item))
            outcome = _offer(database, relation, item, given, about)
            _note(database, relation, item, outcome)
            if outcome.target_id:
                _close(database, item, ACCEPT, "handed_off", reason, relation, outcome.target_id)
                _empty(database, item)
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


def _offer(
    database: psycopg.Connection,
    relation: Relation,
    item: Mapping[str, Any],
    values: Mapping[str, str | None],
    about: uuid.UUID | None,
) -> HandedOver:
    """Make the record; the outcome says why where that cannot be."""
    text = item["content_text"] or item["file_name"]
    at = item["captured_at"].astimezone()
    content = Content(
        text=text,
        said=read(text, at),
        captured_at=at,
        file_id=item["file_id"],
        amount=item["amount"],
        currency=item["currency"],
        about=about or item["entity_id"],
        owner=item["owner"],
    )
    known = item["route_values"] if item["route_target"] == relation.full_name else None
    of_route = dict(value.split("=", 1) for value in known or ())
    row, missing = values_for(relation, content, of_route | dict(values))
    if missing:
        return _refused(item, relation, missing)
    row |= {"source_system": SOURCE, "source_file_id": item["file_id"], "created_by": person()}
    try:
        with database.transaction():
            made = _insert(database, relation, row)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        message = clean_text(error.diag.message_primary or "the record does not fit")
        cure = "give the column a value that fits by --set, or another home by --to"
        return HandedOver(item["id"], relation.full_name, "refused", message=message, cure=cure)
    return HandedOver(item["id"], relation.full_name, "accepted", made)


def _refused(item: Mapping[str, Any], relation: Relation, missing: list[str]) -> HandedOver:
    """Required columns of which the capture says nothing, or nothing that is certain."""
    columns = {column.name: column for column in relation.live_columns}
    entities = [name for name in missing if columns[name].references.startswith("core.entities")]
    others = [f"--set {name}=…" for name in missing if name not in entities]
    cures = others + (
        ["--about ENTITY, or once for all `qios capture --me ENTITY`"] * bool(entities)
    )
    return HandedOver(
        item["id"],
        relation.full_name,
        "refused",
        message=f"the capture does not say {', '.join(missing)}",
        cure="; ".join(cures),
        missing=missing,
    )


def _insert(
    database: psycopg.Connection, relation: Relation, row: Mapping[str, object]
) -> uuid.UUID:
    types = {column.name: column.data_type for column in relation.live_columns}
    names = [name for name in row if name in types]
    statement = sql.SQL("insert into {} ({}) values ({}) returning id").format(
        sql.Identifier(relation.schema, relation.name),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(
            sql.SQL("cast({} as {})").format(sql.Placeholder(name), sql.SQL(types[name]))
            for name in names
        ),
    )
    return database.execute(statement, {name: row[name] for name in names}).fetchone()[0]


def _note(
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


def _close(
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


def _empty(database: psycopg.Connection, item: Mapping[str, Any]) -> None:
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
