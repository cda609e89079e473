"""A row's life, as the journal, its links to source rows and its corrections tell it."""

import uuid
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.errors import UsageError
from qios.gate import clean_value
from qios.paths import project_root
from qios.registry.model import Registry, Relation
from qios.registry.triggers import is_audited

Image = dict[str, Any]
MOVES_WITH_OTHERS = ("updated_at", "updated_by")
PAST = {"insert": "inserted", "update": "changed", "delete": "deleted"}


def history(database: psycopg.Connection, table: str, target_id: str) -> dict[str, Any]:
    """{target, id, is_live, events, values, corrections} of a row of `schema.table`.

    events, oldest first: {occurred_at, what, actor, application, action, reason, batch_id,
    correlation_id, sources, changes}; sources: [{path, row_number}] of the batch's rows that speak
    of it; changes: [{column, before, after}]. values: of the live row, {column, value} and the
    event that brought it. Raises UsageError where there is no such table or was no such row.
    """
    relation, row_id = _relation(table), _uuid(target_id)
    row = _live_row(database, relation, row_id)
    events = _events(database, relation, row_id)
    if row is None and not events:
        raise UsageError(
            f"{table} has no row {row_id}, and nothing tells of one",
            "look its id up in the table, or in target_id of qinexus.source_entity_links",
        )
    images = [event.pop("image") for event in events]
    events = _inserting(database, relation, row_id, _oldest(images, row)) + events
    images = [None] * (len(events) - len(images)) + images
    for event, before, after in zip(events, images, [*images[1:], row], strict=True):
        event["what"] = PAST[event.pop("write_operation")]
        event["sources"] = _sources(database, relation, row_id, event["batch_id"])
        event["changes"] = _changes(before, after) if before and after else []
    return {
        "target": table,
        "id": row_id,
        "is_live": row is not None,
        "events": events,
        "values": _values(row or {}, events),
        "corrections": _corrections(database, relation, row_id),
    }


def _relation(table: str) -> Relation:
    known = Registry(project_root()).relations
    if table not in known or known[table].kind != "table":
        raise UsageError(
            f"no table is called {table!r}", "write it as schema.table, such as core.people"
        )
    if not is_audited(known[table]):
        raise UsageError(
            f"writes to {table} are not recorded",
            "its rows are made from others, or tell themselves what was done",
        )
    return known[table]


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not the id of a row", "give the whole uuid") from error


def _live_row(database: psycopg.Connection, relation: Relation, row_id: uuid.UUID) -> Image | None:
    statement = sql.SQL("select to_jsonb(held) from {} as held where id = %s")
    table = sql.Identifier(relation.schema, relation.name)
    found = database.execute(statement.format(table), [row_id]).fetchone()
    return found[0] if found else None


EVENT = """
    select occurred_at, actor, application, action, reason, import_batch_id as batch_id,
        correlation_id, write_operation, before_image as image
    from core.audit_events
    where target_schema = %(schema)s and target_table = %(table)s and write_operation is not null
"""


def _events(
    database: psycopg.Connection, relation: Relation, row_id: uuid.UUID
) -> list[dict[str, Any]]:
    """The events that name this row alone."""
    values = {"schema": relation.schema, "table": relation.name, "id": row_id}
    with database.cursor(row_factory=dict_row) as cursor:
        cursor.execute(EVENT + " and target_id = %(id)s order by occurred_at", values)
        return cursor.fetchall()


def _inserting(
    database: psycopg.Connection, relation: Relation, row_id: uuid.UUID, oldest: Image
) -> list[dict[str, Any]]:
    """The event of the statement that inserted this row among others; none before the journal."""
    values = {"schema": relation.schema, "table": relation.name, "id": row_id}
    born = oldest.get("created_at")
    with database.cursor(row_factory=dict_row) as cursor:
        cursor.execute(
            EVENT
            + """
            and target_id is null and inserted_ids @> array[%(id)s]
            -- A row is born when its transaction begins; without this every statement is looked at.
            and occurred_at >= %(born)s and occurred_at < %(born)s::timestamptz + interval '1 day'
            order by occurred_at limit 1
            """,
            values | {"born": born},
        )
        found = cursor.fetchall()
    for event in found:
        del event["image"]
    return found


def _oldest(images: list[Image | None], row: Image | None) -> Image:
    return next((image for image in [*images, row] if image), {})


def _changes(before: Image, after: Image) -> list[dict[str, Any]]:
    return [
        {
            "column": column,
            "before": clean_value(before.get(column)),
            "after": clean_value(after.get(column)),
        }
        for column in after
        if column not in MOVES_WITH_OTHERS and before.get(column) != after[column]
    ]


def _sources(
    database: psycopg.Connection, relation: Relation, row_id: uuid.UUID, batch: uuid.UUID | None
) -> list[dict[str, Any]]:
    if batch is None:
        return []
    with database.cursor(row_factory=dict_row) as cursor:
        cursor.execute(
            """
            select file.path, link.row_number
            from qinexus.source_entity_links as link
            inner join qinexus.files as file on file.id = link.source_file_id
            where link.target_id = %s and link.target_schema = %s and link.target_table = %s
                and link.import_batch_id = %s
            order by link.row_number
            """,
            [row_id, relation.schema, relation.name, batch],
        )
        return cursor.fetchall()


def _values(row: Image, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each value of the live row with the number of the event that brought it, from 1; a row
    older than the journal has values that no event brought."""
    brought = {}
    for number, event in enumerate(events, 1):
        if event["what"] == "inserted":
            brought |= dict.fromkeys(row, number)
        brought |= {change["column"]: number for change in event["changes"]}
    return [
        {"column": column, "value": clean_value(value), "event": brought.get(column)}
        for column, value in row.items()
        if value is not None
    ]


def _corrections(
    database: psycopg.Connection, relation: Relation, row_id: uuid.UUID
) -> list[dict[str, Any]]:
    with database.cursor(row_factory=dict_row) as cursor:
        cursor.execute(
            """
            select column_name, corrected_value, reason, corrected_by, corrected_at, withdrawn_at
            from core.corrections
            where target_schema = %s and target_table = %s and target_id = %s
            order by corrected_at
            """,
            [relation.schema, relation.name, row_id],
        )
        return [
            found | {"corrected_value": clean_value(found["corrected_value"])} for found in cursor
        ]
