"""A value is given for a column of a row, or taken back: the row and core.corrections at once."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.corrections.kept import bound_to, keep, withdraw_standing
from qios.corrections.places import corrected_columns
from qios.corrections.row import json_of, set_json, set_texts
from qios.errors import Findings
from qios.gate import clean_text
from qios.identity.belonging import tables
from qios.identity.survivorship import settle_entities
from qios.registry.model import Relation
from qios.turns import MERGE, take_turn

ALONE = "lock table core.corrections in share row exclusive mode"
"""Waits for an import that is about to write a table with corrections, and keeps others out."""


@dataclass(frozen=True)
class Changed:
    """One column of a row: what stood there, and what stands there now, as JSON texts."""

    column: str
    before: str
    after: str


def correct(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    given: Mapping[str, str | None],
    reason: str,
) -> list[Changed]:
    """Give columns of a row values that stand until they are withdrawn.

    given: column -> the value as text, or None for an empty column; PostgreSQL reads it by the
    column's type. database: an autocommit connection. Raises UsageError for a column that is not to
    be corrected, Findings for a row that is not there and for a value that does not fit.
    """
    columns = corrected_columns(relation, given)
    for name, value in given.items():
        if value is not None and clean_text(value) != value:
            raise Findings(
                f"{relation.full_name}.{name}: the value looks like a secret (R1403)",
                "keep it in a password manager; `qios vault export` moves exported ones there",
            )
    with acting(database, "correct", clean_text(reason)):
        take_turn(database, MERGE)
        database.execute(ALONE)
        before = json_of(database, relation, row_id, columns)
        if before is None:
            raise Findings(
                f"{relation.full_name}: no row has the id {row_id}",
                "give the column `id` of the row; `qios db psql` finds it",
            )
        bound = bound_to(relation, row_id, columns)
        replaced = withdraw_standing(database, bound)
        after = set_texts(database, relation, row_id, columns, given)
        for name in columns:
            earlier = replaced.get(name, {"earlier": before[name]})
            keep(database, bound, name, earlier, after[name], clean_text(reason))
        _settle(database, relation, row_id)
    return [Changed(name, before[name], after[name]) for name in columns]


def withdraw(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    names: Iterable[str],
    reason: str,
) -> list[Changed]:
    """Take the corrections of these columns back, or all of the row where none is named.

    A source that said something new meanwhile is heard; otherwise what stood there before comes
    back. Raises Findings where nothing is to be withdrawn.
    """
    names = list(names) or [column.name for column in relation.live_columns]
    with acting(database, "withdraw_correction", clean_text(reason)):
        take_turn(database, MERGE)
        database.execute(ALONE)
        columns = {column.name: column for column in relation.live_columns if column.name in names}
        bound = bound_to(relation, row_id, columns)
        withdrawn = withdraw_standing(database, bound)
        if not withdrawn:
            raise Findings(
                f"{relation.full_name} {row_id}: no correction of it stands",
                "`qios corrections` lists those that do",
            )
        columns = {name: columns[name] for name in withdrawn}
        before = json_of(database, relation, row_id, columns)
        if before is None:  # the row is gone, and with it what could be set back
            return []
        back = {name: row["back"] for name, row in withdrawn.items()}
        set_json(database, relation, row_id, back)
        after = json_of(database, relation, row_id, columns)
        _settle(database, relation, row_id)
    return [Changed(name, before[name], after[name]) for name in columns]


def _settle(database: psycopg.Connection, relation: Relation, row_id: uuid.UUID) -> None:
    """Let a survivor show what the row of an entity that was merged into it says now."""
    table = tables().get(relation.full_name)
    if table and table.facet_of:
        entity = database.execute(
            sql.SQL("select {} from {} where id = %s").format(
                sql.Identifier(table.facet_of), table.identifier
            ),
            [row_id],
        ).fetchone()
        settle_entities(database, entity)
