"""Readers: each turns the bytes of a file into records, a chunk at a time.

A source names its reader in the registry. A reader is a function of one module of this package,
which is imported only when a file needs it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Protocol

from qios.intake.batch import FileVersion
from qios.intake.chunk import Chunk
from qios.intake.sources import Source

READERS = {
    "csv": "delimited",
    "mmex": "mmex",
    "mmex_csv": "mmex_csv",
    "notion": "notion",
}
"""Reader → the module of this package whose `open_records` it is."""


class Records(Protocol):
    """The records of a file. `read` counts those given so far, good and refused.

    delimiter and encoding: how the text was taken apart; None where the file is not text.
    """

    header: list[str]
    read: int
    delimiter: str | None
    encoding: str | None

    def chunks(self) -> Iterator[Chunk]:
        """Chunks until the end of the file."""

    def position(self) -> int:
        """Bytes of the file read so far."""


def open_records(
    version: FileVersion, source: Source, encoding: str | None
) -> AbstractContextManager[Records]:
    """The records of a file version, read as its source's files are.

    encoding: what to read text as where it is not valid UTF-8; else the source's own.
    Raises Findings for a file that has no usable header.
    """
    module = import_module(f"{__name__}.{READERS[source.row['reader']]}")
    return module.open_records(version, source, encoding)
