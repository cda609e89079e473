"""Tables of an SQLite database, which is not changed: by no lock, no journal, no checkpoint."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from qios.intake.batch import FileVersion
from qios.intake.decode import UNDECODABLE
from qios.intake.readers.shape import Record, TableRecords
from qios.intake.readers.sqlite_log import refuse_unwritten_changes
from qios.intake.reasons import FileRefused

JOURNAL_MODES = slice(18, 20)  # bytes of the header: 2 for a write-ahead log, which memory has not


@contextmanager
def open_tables(
    version: FileVersion, encoding: str | None
) -> Iterator[Iterator[tuple[str, TableRecords]]]:
    """Table name and records, for every table. Raises FileRefused."""
    name = version.name
    try:
        with closing(connect(version)) as database:
            yield _tables(database)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise FileRefused(name, "damaged_file", "is a damaged SQLite database") from error


def connect(version: FileVersion) -> sqlite3.Connection:
    """The database in memory or, where the bytes are a file, by an immutable address.

    Raises FileRefused where its log holds more than it.
    """
    refuse_unwritten_changes(version)
    if version.path.is_file():
        address = f"{version.path.absolute().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True)
    else:
        with version.open() as stream:
            content = bytearray(stream.read())
        content[JOURNAL_MODES] = b"\1\1"
        database = sqlite3.connect(":memory:")
        database.deserialize(bytes(content))
    database.text_factory = lambda text: text.decode("utf-8", UNDECODABLE)
    # A schema that somebody forged may not call functions.
    database.execute("pragma trusted_schema = off")
    return database


def _tables(database: sqlite3.Connection) -> Iterator[tuple[str, TableRecords]]:
    names = database.execute(
        """
        select name from sqlite_schema
        where type = 'table' and name not like 'sqlite\\_%' escape '\\'
            and sql not like 'create virtual%'
        order by rowid
        """
    ).fetchall()
    for (name,) in names:
        quoted = name.replace('"', '""')
        rows = database.execute(f'select * from "{quoted}"')  # noqa: S608 (no name can be bound)
        header = [column for column, *_ in rows.description]
        yield name, TableRecords(header, _records(rows))


def _records(rows: sqlite3.Cursor) -> Iterator[Record]:
    for number, cells in enumerate(rows, 1):
        yield number, [cell if type(cell) is str else _text(cell) for cell in cells]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"X'{value.hex()}'" if isinstance(value, bytes) else repr(value)
