"""Tables of a file in memory, as the readers give them."""

import io
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qios.content.kinds import kind_of
from qios.intake.batch import FileVersion
from qios.intake.chunk import Rejected
from qios.intake.readers import open_tables

NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Held(FileVersion):
    """A version whose bytes are in memory, like those of an archive's member."""

    content: bytes = b""

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content)


@dataclass
class Table:
    """rows: number -> cells; refused: number -> the refused record."""

    header: list[str]
    rows: dict[int, list[str]]
    refused: dict[int, Rejected]


def held(content: bytes, name: str = "file") -> Held:
    return Held(NOBODY, NOBODY, 1, Path(name), "", len(content), content=content)


def tables_of(content: bytes, name: str = "file", encoding: str | None = None) -> dict[str, Table]:
    """Name -> table; checks that no record is lost or counted twice."""
    version = held(content, name)
    kind = kind_of(version.open(), name)
    found = {}
    with open_tables(version, kind, encoding) as tables:
        for part, records in tables:
            table = Table(records.header, {}, {})
            for chunk in records.chunks():
                table.rows |= dict(zip(chunk.numbers, chunk.rows, strict=True))
                table.refused |= {refused.row_number: refused for refused in chunk.rejected}
            assert sorted([*table.rows, *table.refused]) == list(range(1, records.read + 1))
            found[part] = table
    return found


def rows_of(content: bytes, name: str = "file", part: str = "") -> list[dict[str, str]]:
    """The rows of a table, by heading."""
    table = tables_of(content, name)[part]
    return [dict(zip(table.header, row, strict=True)) for row in table.rows.values()]
