"""The cells of a staged row: what its file says, what a person made of it, and how it is read."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.several import FURTHER_VALUES
from qios.intake.sources import Source

Payload = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """raw: as the file has it; said: as it is read from now on, by an edit; both "" where there is
    no such cell. value: as it was read, None where it could not be. problem: its code without the
    name of the column."""

    column: str
    heading: str
    raw: str
    said: str
    value: Any = None
    problem: str | None = None


def cells_of(
    database: psycopg.Connection, source: Source, batch: uuid.UUID, numbers: Sequence[int]
) -> dict[int, list[Cell]]:
    """Row number -> the cells of the source's registered columns that the file has, in order."""
    statement = sql.SQL(
        """
        select row.row_number, row.raw_payload, row.edited_payload, typed.said
        from {} as row
        inner join (
            select row_number, to_jsonb(row) as said from {} as row
            where import_batch_id = %(batch)s and row_number = any(%(numbers)s)
        ) as typed on typed.row_number = row.row_number
        where row.import_batch_id = %(batch)s and row.row_number = any(%(numbers)s)
        """
    ).format(sql.Identifier(STAGING, source.landing), sql.Identifier(STAGING, source.view))
    rows = database.execute(statement, {"batch": batch, "numbers": list(numbers)})
    return {
        number: _cells(source, raw, edited or raw, typed) for number, raw, edited, typed in rows
    }


def edited_payloads(
    database: psycopg.Connection, source: Source, batch: uuid.UUID, numbers: Sequence[int]
) -> dict[int, Payload]:
    """Row number -> the payload that the typed view reads, keys in the file's order."""
    statement = sql.SQL(
        """
        select row_number, coalesce(edited_payload, raw_payload)::text from {}
        where import_batch_id = %s and row_number = any(%s)
        """
    ).format(sql.Identifier(STAGING, source.landing))
    rows = database.execute(statement, [batch, list(numbers)])
    return {number: json.loads(payload) for number, payload in rows}


@cache
def headings_of(source: Source) -> dict[str, tuple[str, ...]]:
    """Column of the source -> its headings, in the order in which the typed view looks for them."""
    return {
        column["column_name"]: (column["source_header"], *column.items("header_aliases"))
        for column in source.columns
    }


def heading_in(payload: Payload, headings: Sequence[str]) -> str:
    """The heading of a column that counts in this payload."""
    return next((heading for heading in headings if heading in payload), headings[0])


def _cells(source: Source, raw: Payload, said: Payload, typed: dict[str, Any]) -> list[Cell]:
    problems = dict(reversed(code.split(":", 1)) for code in typed["problem_codes"] if ":" in code)
    found = []
    for name, headings in headings_of(source).items():
        heading = heading_in(said, headings)
        if heading in said or name in problems:
            found.append(
                Cell(
                    name,
                    heading,
                    str(raw.get(heading, "")),
                    str(said.get(heading, "")),
                    _value(name, typed),
                    problems.get(name),
                )
            )
    return found


def _value(name: str, typed: dict[str, Any]) -> Any:
    """What a cell was read as; a list where it holds several values."""
    further = [part[name] for part in typed.get(FURTHER_VALUES) or () if name in part]
    return [typed[name], *further] if further else typed.get(name)
