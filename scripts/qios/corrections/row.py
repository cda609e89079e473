"""The row of a table that is corrected: its values as JSON texts, read and written."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence

import psycopg
from psycopg import sql

from qios.corrections.places import allowed_text
from qios.errors import Findings
from qios.person import person
from qios.registry.model import Column, Relation


def json_of(
    database: psycopg.Connection, relation: Relation, row_id: uuid.UUID, columns: Iterable[str]
) -> dict[str, str] | None:
    """Column -> JSON text of what the row holds, the row locked; None where there is no row."""
    values = sql.SQL(", ").join(
        sql.SQL("coalesce(to_jsonb({}), 'null')::text").format(sql.Identifier(name))
        for name in columns
    )
    row = database.execute(
        sql.SQL("select {} from {} where id = %s for update").format(values, _name(relation)),
        [row_id],
    ).fetchone()
    return None if row is None else dict(zip(columns, row, strict=True))


def set_texts(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    columns: Mapping[str, Column],
    given: Mapping[str, str | None],
) -> dict[str, str]:
    """Write the values; column -> JSON text of what PostgreSQL made of each."""
    assignments = [
        sql.SQL("{} = cast({} as {})").format(
            sql.Identifier(name), sql.Placeholder(name), sql.SQL(column.data_type)
        )
        for name, column in columns.items()
    ]
    try:
        _update(database, relation, row_id, assignments, given)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        said = error.diag.message_primary or "the value does not fit"
        rule = error.diag.constraint_name or "type and not null"
        raise Findings(
            f"{relation.full_name}, {', '.join(columns)}: {said} ({rule}, R0705)",
            allowed_text(relation, columns),
        ) from error
    return json_of(database, relation, row_id, columns)


def set_json(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    values: Mapping[str, str],
) -> None:
    """Write values that are given as JSON texts."""
    together = "{" + ", ".join(f"{json.dumps(k)}: {value}" for k, value in values.items()) + "}"
    assignments = [
        sql.SQL("{name} = (jsonb_populate_record(null::{table}, %(values)s::jsonb)).{name}").format(
            name=sql.Identifier(name), table=_name(relation)
        )
        for name in values
    ]
    _update(database, relation, row_id, assignments, {"values": together})


def _update(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    assignments: Sequence[sql.Composable],
    values: Mapping[str, object],
) -> None:
    names = {column.name for column in relation.live_columns}
    touched = [sql.SQL("updated_at = now()")] if "updated_at" in names else []
    if "updated_by" in names:
        touched.append(sql.SQL("updated_by = {}").format(sql.Literal(person())))
    statement = sql.SQL("update {} set {} where id = {}").format(
        _name(relation), sql.SQL(", ").join([*assignments, *touched]), sql.Literal(row_id)
    )
    database.execute(statement, dict(values))


def _name(relation: Relation) -> sql.Identifier:
    return sql.Identifier(relation.schema, relation.name)
