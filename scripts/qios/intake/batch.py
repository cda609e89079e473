"""The records of a batch, the reading of one file version: opened before its rows, closed after."""

import uuid
from dataclasses import dataclass
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


@dataclass(frozen=True)
class FileVersion:
    """A registered version whose bytes lie at `path`.

    retried: the numbers of the refused rows to read once more; all rows are read where it is empty.
    """

    file_id: uuid.UUID
    version_id: uuid.UUID
    version_number: int
    path: Path
    sha256: str
    byte_size: int
    retried: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """Its path as it may be shown and stored."""
        return clean_text(storable(str(self.path)))

    def open(self) -> BinaryIO:
        """Its bytes, in a seekable stream; OSError where they cannot be had."""
        return open_bytes(self.path)


def open_batch(
    database: psycopg.Connection, version: FileVersion, source: Source
) -> tuple[uuid.UUID, datetime] | None:
    """Begin a batch in the open transaction: its id and time. None where another was faster.

    One file of a source is staged after the other, each at a later time than the one before.
    """
    take_turn(database, stage_into(source.landing))
    earlier = _batches(database, version)
    if earlier and not version.retried:
        return None
    if version.retried:
        _supersede_refused(database, version, earlier)
    attempt = [str(len(earlier))] if earlier else []
    batch_id = stable_id("qinexus.import_batches", source.key, str(version.version_id), *attempt)
    # Not now(), which is the time before the wait.
    (staged_at,) = database.execute("select clock_timestamp()").fetchone()
    try:
        database.execute(
            """
            insert into qinexus.import_batches
                (id, source_id, file_version_id, staged_at, source_system)
            values (%s, %s, %s, %s, %s)
            """,
            [batch_id, source.id, version.version_id, staged_at, source.key],
        )
    except psycopg.errors.ForeignKeyViolation as error:
        raise EnvironmentFault(
            f"the database does not know the source {source.key} yet", "run `qios build` first"
        ) from error
    database.execute(
        "update qinexus.files set source_id = %s, updated_at = now() where id = %s",
        [source.id, version.file_id],
    )
    return batch_id, staged_at


def _batches(database: psycopg.Connection, version: FileVersion) -> list[uuid.UUID]:
    rows = database.execute(
        "select id from qinexus.import_batches where file_version_id = %s", [version.version_id]
    )
    return [batch_id for (batch_id,) in rows]


def _supersede_refused(
    database: psycopg.Connection, version: FileVersion, batches: list[uuid.UUID]
) -> None:
    """Note of the refused rows that they are tried again."""
    waited = database.execute(
        """
        update staging.import_rows set retried_at = now(), review_status = 'superseded'
        where import_batch_id = any(%s) and row_number = any(%s) and retried_at is null
            and review_status <> 'rejected'
        """,
        [batches, list(version.retried)],
    ).rowcount
    if waited != len(version.retried):
        raise Findings(
            f"{version.name}: another process has just tried or dismissed its refused rows",
            "nothing is left to do",
        )


def close_batch(
    database: psycopg.Connection,
    version: FileVersion,
    batch_id: uuid.UUID,
    rows: RowCounts,
    dialect: tuple[list[str], str | None, str | None],
    view_of: str | None = None,
) -> None:
    """Write down how the file was read; `dialect` is its header, delimiter and encoding.

    view_of: the file of the same export that holds its rows with more columns.
    """
    header, delimiter, encoding = dialect
    database.execute(
        """
        insert into qinexus.import_files
            (id, import_batch_id, source_file_id, file_version_id, header, header_hash, delimiter,
             encoding, rows_read, rows_staged, rows_rejected, rows_repeated)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            stable_id("qinexus.import_files", str(batch_id)),
            *(batch_id, version.file_id, version.version_id),
            *(header, header_hash(header), delimiter, encoding),
            *(rows.read, rows.staged, rows.rejected, rows.repeated),
        ],
    )
    stats = vars(rows) | ({"view_of": view_of} if view_of else {})
    database.execute(
        "update qinexus.import_batches set row_count = %s, stats = %s where id = %s",
        [rows.staged, Jsonb(stats), batch_id],
    )
