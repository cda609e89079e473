"""Readers: each turns the bytes of a file into records, a chunk at a time.

A source names its reader in the registry. `csv` stands for flat tables: the files of such a source
may be delimited text, and as well a workbook, JSON or an SQLite database with the same headings. A
reader is a module of this package, which is imported only when a file needs it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Protocol

from qios.content.kinds import Kind
from qios.intake.batch import FileVersion
from qios.intake.chunk import Chunk
from qios.intake.sources import Source

FLAT = "csv"
READERS = {
    FLAT: "delimited",
    "mmex": "mmex",
    "mmex_csv": "mmex_csv",
    "notion": "notion",
}
"""Reader of a source → the module of this package whose `open_records` it is."""

BINARY_READERS = frozenset(("mmex",))
"""Those whose files are no text."""


class Records(Protocol):
    """The records of a table. `read` counts those given so far, good and refused.

    delimiter and encoding: how the text was taken apart; None where the file is not text.
    view_of: the file of the same export that holds the same rows with more columns, once they are
    read; None where there is none.
    """

    header: list[str]
    read: int
    delimiter: str | None = None
    encoding: str | None = None
    view_of: str | None = None

    def chunks(self) -> Iterator[Chunk]:
        """Chunks until the end of the table."""

    def position(self) -> int:
        """Bytes of the file read so far."""


def open_records(
    version: FileVersion, source: Source, encoding: str | None
) -> AbstractContextManager[Records]:
    """The records of a file version, read as its source's files are.

    encoding: what to read text as where it is not valid UTF-8; else the source's own.
    Raises FileRefused for a file that has no usable header.
    """
    module = import_module(f"{__name__}.{READERS[source.row['reader']]}")
    return module.open_records(version, source, encoding)


def open_tables(
    version: FileVersion, kind: Kind, encoding: str | None
) -> AbstractContextManager[Iterator[tuple[str, Records]]]:
    """The tables of a file of this kind, whosever they are: name and records, each read in turn.

    The name is that of a sheet, a table or a list, and empty where the file is one table.
    Raises FileRefused, also between the tables, for a file that cannot be read.
    """
    module = import_module(f"{__name__}.{kind.tables}")
    return module.open_tables(version, encoding)
