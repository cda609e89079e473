"""The records of a batch, which is the reading of a table: opened before its rows, closed after."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg.types.json import Jsonb

from qios.errors import EnvironmentFault, Findings
from qios.gate import clean_text
from qios.ids import stable_id
from qios.intake.accounting import RowCounts
from qios.intake.archive.opening import open_bytes
from qios.intake.decode import storable
from qios.intake.header import header_hash
from qios.intake.sources import Source
from qios.turns import stage_into, take_turn

Dialect = tuple[list[str], str | None, str | None]
"""The header of a table, and delimiter and encoding where it is text."""


@dataclass(frozen=True)
class Retry:
    """Refused rows of a table that are tried again.

    batches: those that refused them. numbers: of the rows; None where none of the table was taken.
    only_unknown: they were refused only because no source claims their table.
    """

    batches: tuple[uuid.UUID, ...]
    numbers: frozenset[int] | None
    waiting: int
    only_unknown: bool


@dataclass(frozen=True)
class FileVersion:
    """A registered version whose bytes lie at `path`.

    again: it was read before and is to be read once more.
    retries: by the name of each table in it, the rows that this is for; empty: the whole file.
    """

    file_id: uuid.UUID
    version_id: uuid.UUID
    version_number: int
    path: Path
    sha256: str
    byte_size: int
    again: bool = False
    retries: Mapping[str, Retry] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its path as it may be shown and stored."""
        return clean_text(storable(str(self.path)))

    def open(self) -> BinaryIO:
        """Its bytes, in a seekable stream; OSError where they cannot be had."""
        return open_bytes(self.path)


def lock(database: psycopg.Connection, version: FileVersion) -> bool:
    """Keep a version for the open transaction; False where another process has just read it."""
    read_at = database.execute(
        "select read_at from qinexus.file_versions where id = %s for no key update",
        [version.version_id],
    ).fetchone()[0]
    return read_at is None or version.again


def note_read(
    database: psycopg.Connection,
    version: FileVersion,
    media_type: str | None,
    error_code: str | None,
) -> None:
    """Note that a version was read, what it is if that is known, and why it could not be read."""
    database.execute(
        """
        update qinexus.file_versions
        set media_type = coalesce(%s, media_type), error_code = %s,
            read_at = clock_timestamp(), updated_at = now()
        where id = %s
        """,
        [media_type, error_code, version.version_id],
    )
    database.execute(
        """
        update qinexus.files set media_type = %s, updated_at = now()
        where id = %s and current_version_number = %s and media_type <> %s
        """,
        [media_type, version.file_id, version.version_number, media_type],
    )


def open_batch(
    database: psycopg.Connection, version: FileVersion, source: Source | None, part: str
) -> tuple[uuid.UUID, datetime]:
    """Begin the batch of a table in the open transaction: its id and time.

    source: None where no source claims the table. part: its name in the file, or nothing.
    One file of a source is staged after the other, each at a later time than the one before.
    """
    if source:
        take_turn(database, stage_into(source.landing))
    if part in version.retries:
        _supersede_refused(database, version, version.retries[part])
    names = [source.key if source else "", str(version.version_id), part]
    batch_id = _new_id(database, [*filter(None, names)])
    # Not now(), which is the time before the wait.
    (staged_at,) = database.execute("select clock_timestamp()").fetchone()
    try:
        database.execute(
            """
            insert into qinexus.import_batches
                (id, source_id, file_version_id, staged_at, source_system)
            values (%s, %s, %s, %s, %s)
            """,
            [
                *(batch_id, source and source.id),
                *(version.version_id, staged_at, source and source.key),
            ],
        )
    except psycopg.errors.ForeignKeyViolation as error:
        raise EnvironmentFault(
            f"the database does not know the source {source.key} yet", "run `qios build` first"
        ) from error
    if source:
        database.execute(
            "update qinexus.files set source_id = %s, updated_at = now() where id = %s",
            [source.id, version.file_id],
        )
    return batch_id, staged_at


def _new_id(database: psycopg.Connection, names: list[str]) -> uuid.UUID:
    """The id of the first attempt at a table, or of the first one that was not made yet."""
    attempt = 0
    while True:
        parts = [*names, str(attempt)] if attempt else names
        batch_id = stable_id("qinexus.import_batches", *parts)
        statement = "select from qinexus.import_batches where id = %s"
        if database.execute(statement, [batch_id]).fetchone() is None:
            return batch_id
        attempt += 1


def _supersede_refused(database: psycopg.Connection, version: FileVersion, retry: Retry) -> None:
    """Note of the refused rows that they are tried again."""
    numbers = None if retry.numbers is None else list(retry.numbers)
    waited = database.execute(
        """
        update staging.import_rows set retried_at = now(), review_status = 'superseded'
        where import_batch_id = any(%s) and retried_at is null
            and review_status <> 'rejected'
            and (%s::bigint[] is null or row_number = any(%s))
        """,
        [list(retry.batches), numbers, numbers],
    ).rowcount
    if waited != retry.waiting:
        raise Findings(
            f"{version.name}: another process has just tried or dismissed its refused rows",
            "nothing is left to do",
        )


def close_batch(
    database: psycopg.Connection,
    version: FileVersion,
    batch_id: uuid.UUID,
    rows: RowCounts,
    part: str,
    dialect: Dialect,
    unsaid: Sequence[str] = (),
    view_of: str | None = None,
    whole_key: str | None = None,
) -> None:
    """Write down how a table was read.

    unsaid: the columns of which it says nothing, as unsaid_columns() gives them.
    view_of: the file of the same export that holds its rows with more columns.
    whole_key: what it holds whole, by the source's whole column.
    """
    header, delimiter, encoding = dialect
    database.execute(
        """
        insert into qinexus.import_files
            (id, import_batch_id, source_file_id, file_version_id, part_name, header, header_hash,
             unsaid_columns, delimiter, encoding, rows_read, rows_staged, rows_rejected,
             rows_repeated)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            stable_id("qinexus.import_files", str(batch_id)),
            *(batch_id, version.file_id, version.version_id, part or None),
            *(header, header_hash(header), list(unsaid), delimiter, encoding),
            *(rows.read, rows.staged, rows.rejected, rows.repeated),
        ],
    )
    stats = vars(rows) | ({"view_of": view_of} if view_of else {})
    database.execute(
        """
        update qinexus.import_batches set row_count = %s, stats = %s, whole_key = %s where id = %s
        """,
        [rows.staged, Jsonb(stats), whole_key, batch_id],
    )
