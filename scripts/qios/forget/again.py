"""Rows of later imports in which a forgotten person comes in again under another key, or is named
by somebody else's row: known by the marks of their words.

Who has the name and an address of such a person is that person: the row is emptied. Who has only
one of the two may be a namesake or of the household: a person decides. Of any other row only the
words are taken out.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.forget.marks import Marks
from qios.forget.naming import clean_row
from qios.forget.spoken import NAMED, OWN, said, spoken_columns
from qios.forget.staged import EMPTIED, FORGOTTEN
from qios.forget.words import Words
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.paths import project_root
from qios.registry.model import Column, Registry, Relation
from qios.review.selection import UNDECIDED

AT_A_TIME = 1000
Row = Mapping[str, Any]


def take_out_known(
    database: psycopg.Connection, source: Source, batches: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[int]]:
    """Empty and clean these rows; batch -> the rows about which a person has to decide."""
    marks = Marks(database)
    waiting: dict[uuid.UUID, list[int]] = {}
    if not marks:
        return waiting
    view = Registry(project_root()).relations[f"{STAGING}.{source.view}"]
    own = spoken_columns(view, NAMED)
    for row in _rows(database, source, view, own, batches):
        cells = [cell for cell in row["payload"].values() if isinstance(cell, str) and cell]
        words = marks.words_in("\n".join(cells))
        act = marks.act_of(_own_words(own, row))
        is_reached = own and words.has_addresses and any(map(marks.is_address, cells))
        if row["is_somebody"] and (act or is_reached):  # whom a person has let pass: their own
            continue
        if act and is_reached:
            _empty(database, source, row, act)
        elif act or is_reached:
            waiting.setdefault(row["import_batch_id"], []).append(row["row_number"])
        elif words:
            clean_row(database, source, row, words)
    return waiting


def mark_waiting(
    database: psycopg.Connection, source: Source, waiting: Mapping[uuid.UUID, Sequence[int]]
) -> None:
    """Give the problem code to the rows about which a person has to decide."""
    statement = sql.SQL(
        "update {} set problem_codes = array_append(problem_codes, %s)"
        " where import_batch_id = %s and row_number = any(%s) and review_status = any(%s)"
    ).format(sql.Identifier(STAGING, source.landing))
    for batch, rows in waiting.items():
        database.execute(statement, [FORGOTTEN, batch, rows, list(UNDECIDED)])


def _own_words(own: Sequence[Column], row: Row) -> Words:
    words = Words()
    for part in said(own, row):
        words.take(part)
    return words


def _rows(
    database: psycopg.Connection,
    source: Source,
    view: Relation,
    own: Sequence[Column],
    batches: Sequence[uuid.UUID],
) -> Iterator[Row]:
    columns = [sql.Identifier("row", column.name) for column in own]
    known = sql.SQL("false")
    if own:
        columns.append(sql.Identifier("row", OWN))
        known = sql.SQL("exists (select from core.entities where id = row.{})").format(
            sql.Identifier(OWN)
        )
    statement = sql.SQL(
        """
        select {columns}, landed.import_batch_id, landed.row_number, {known} as is_somebody,
            coalesce(landed.edited_payload, landed.raw_payload) as payload
        from {view} as row
        inner join {landing} as landed
            on landed.import_batch_id = row.import_batch_id and landed.row_number = row.row_number
        where row.import_batch_id = any(%s) and row.review_status = any(%s)
        """
    ).format(
        columns=sql.SQL(", ").join(columns or [sql.NULL]),
        known=known,
        view=sql.Identifier(STAGING, view.name),
        landing=sql.Identifier(STAGING, source.landing),
    )
    with database.cursor(name="returning", row_factory=dict_row) as cursor:
        cursor.itersize = AT_A_TIME
        yield from cursor.execute(statement, [list(batches), list(UNDECIDED)])


def _empty(database: psycopg.Connection, source: Source, row: Row, act: uuid.UUID) -> None:
    """The row of the person: emptied, and what it tells of is from now on known by its id."""
    database.execute(
        sql.SQL(
            "update {} set {} where import_batch_id = %(batch)s and row_number = %(number)s"
        ).format(sql.Identifier(STAGING, source.landing), sql.SQL(EMPTIED)),
        {"batch": row["import_batch_id"], "number": row["row_number"], "forgotten": FORGOTTEN},
    )
    database.execute(
        """
        insert into core.forgotten_entities
            (entity_id, forgotten_by, reason, correlation_id, created_by)
        select %s, forgotten_by, %s, correlation_id, 'qios'
        from core.forgotten_entities where correlation_id = %s limit 1
        on conflict (entity_id) do nothing
        """,
        [row[OWN], "known again by the name and an address", act],
    )
