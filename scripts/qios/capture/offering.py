"""The record that a capture becomes, or why it cannot become one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from qios.capture.meaning import Content, values_for
from qios.capture.reading import read
from qios.gate import clean_text
from qios.person import person
from qios.registry.model import Relation

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


def offer(
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
