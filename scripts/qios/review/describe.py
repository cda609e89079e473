"""One item of the queue in full, so that a person can decide about it."""

import uuid
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.matching.explain import explain
from qios.paths import project_root
from qios.registry.model import Registry
from qios.review.cells import cells_of
from qios.review.edit import ACTION
from qios.review.items import Item, source_of
from qios.review.queue import CONFLICT, DUPLICATE
from qios.review.selection import LINKED

OF_PAIRS = (DUPLICATE, LINKED)
"""The reasons to wait of which the explanation compares two, field by field."""

Description = dict[str, Any]
"""item; cells of the staged row {column, heading, raw, said, value, problem}; alike, a line
for each comparison of a possible duplicate; changes that an update would make {column, old, new};
conflicts {column, base, ours, theirs}; edits {by, at, why, before, after}; captured, a text."""


def describe(database: psycopg.Connection, item: Item) -> Description:
    told: Description = {
        "item": item,
        "cells": [],
        "changes": [],
        "alike": explain(item["explanation"]) if item["waiting_reason"] in OF_PAIRS else [],
        "conflicts": _conflicts(item),
        "edits": [],
        "captured": _captured(database, item),
    }
    if source := source_of(item):
        batch, number = item["import_batch_id"], item["row_number"]
        cells = cells_of(database, source, batch, [number]).get(number, [])
        told["cells"] = [vars(cell) for cell in cells if cell.raw or cell.said or cell.problem]
        told["edits"] = _edits(database, item["item_id"])
        if item["target_id"]:
            values = {cell.column: cell.value for cell in cells if cell.value is not None}
            told["changes"] = _changes(database, item, values)
    return told


def _conflicts(item: Item) -> list[dict[str, Any]]:
    """Of a conflict the columns: what the source said before, what is held, what it says now."""
    if item["waiting_reason"] != CONFLICT or not isinstance(item["explanation"], dict):
        return []
    return [
        {"column": column, **{side: said.get(side) for side in ("base", "ours", "theirs")}}
        for column, said in item["explanation"].items()
    ]


def _captured(database: psycopg.Connection, item: Item) -> str | None:
    found = database.execute(
        "select content_text from qiaccess.capture_events where id = %s",
        [item["capture_event_id"]],
    ).fetchone()
    return found[0] if found else None


def _changes(
    database: psycopg.Connection, item: Item, values: dict[str, Any]
) -> list[dict[str, Any]]:
    """What the record that is proposed says otherwise, of the columns that both have."""
    registered = Registry(project_root()).relations[item["target"]]
    own = {column.name for column in registered.live_columns if not column.implied}
    statement = sql.SQL("select to_jsonb(record) from {} as record where id = %s").format(
        sql.Identifier(*item["target"].split("."))
    )
    found = database.execute(statement, [item["target_id"]]).fetchone()
    record = found[0] if found else {}
    return [
        {"column": name, "old": record[name], "new": value}
        for name, value in values.items()
        if name in own and name in record and record[name] != value
    ]


def _edits(database: psycopg.Connection, item_id: uuid.UUID) -> list[dict[str, Any]]:
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            select actor as by, occurred_at as at, reason as why, before_image as before,
                after_image as after
            from core.audit_events
            where target_schema = 'qiaccess' and target_table = 'classification_queue'
                and target_id = %s and action = %s
            order by occurred_at
            """,
            [item_id, ACTION],
        ).fetchall()
