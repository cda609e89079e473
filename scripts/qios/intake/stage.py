"""One registered file version into staging: one transaction, every row accounted for."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg.types.json import Jsonb

from qios.errors import EnvironmentFault, Findings
from qios.ids import stable_id
from qios.intake.accounting import RowCounts
from qios.intake.decode import open_text
from qios.intake.gate import Gate, build_gate
from qios.intake.header import Match, distinct_names, header_hash, match_source
from qios.intake.keys import RowKeys
from qios.intake.landing import Landing
from qios.intake.payload import PayloadText
from qios.intake.refused import Refused
from qios.intake.rows import RecordReader
from qios.intake.sources import Source, redaction_rules, registered_sources

Progress = Callable[[int], None]
"""Told the number of bytes of the file that are read so far."""


@dataclass(frozen=True)
class FileVersion:
    """A registered version whose bytes lie at `path`."""

    file_id: uuid.UUID
    version_id: uuid.UUID
    version_number: int
    path: Path
    sha256: str
    byte_size: int


@dataclass(frozen=True)
class Staged:
    """What became of a file version. `refused` names the first refused rows."""

    path: str
    source_key: str
    batch_id: uuid.UUID
    rows: RowCounts
    refused: list[dict[str, object]] = field(default_factory=list)
    redacted_headings: list[str] = field(default_factory=list)


def stage(
    database: psycopg.Connection, version: FileVersion, encoding: str | None, progress: Progress
) -> Staged:
    """Stage a file version. Raises Findings where the file as a whole cannot be read or placed.

    encoding: what to read the bytes as where they are not valid UTF-8; else the source's own.
    """
    _assert_unchanged(version)
    source, match = _recognize(version.path, encoding)
    text = open_text(version.path, declared=encoding or source.row["encoding"])
    with text.stream as stream:
        reader = RecordReader(stream, name=str(version.path), delimiter=source.row["delimiter"])
        gate = _gate(reader.header, source, match)
        keys = _row_keys(source, match)
        gate.refuse_secret_key(keys.positions, str(version.path))
        with database.transaction():
            batch_id, staged_at = _open_batch(database, version, source)
            constants = {
                "import_batch_id": batch_id,
                "source_file_id": version.file_id,
                "created_at": staged_at,
            }
            payload = PayloadText(distinct_names(reader.header))
            refused = Refused(database, constants, source.key, payload)
            with Landing(database, source.landing, constants, keys, payload) as landing:
                for chunk in reader.chunks():
                    keys.refuse_rounded(chunk)
                    gate.apply(chunk)
                    landing.add(chunk)
                    for rejected in chunk.rejected:
                        refused.add(rejected, landing)
                    progress(stream.buffer.tell())
            refused.write()
            rows = RowCounts(reader.read, landing.staged, refused.count, landing.repeated)
            rows.check(str(version.path))
            dialect = (reader.header, source.row["delimiter"], text.encoding)
            _close_batch(database, version, batch_id, rows, dialect)
    headings = [reader.header[position] for position in sorted(gate.columns)]
    return Staged(str(version.path), source.key, batch_id, rows, refused.shown, headings)


def _assert_unchanged(version: FileVersion) -> None:
    try:
        with version.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Findings(
            f"{version.path}: cannot be read ({error.strerror})",
            "put the file back or make it readable, then run `qios stage` again",
        ) from error
    if digest != version.sha256:
        raise Findings(
            f"{version.path}: its bytes are not those that were registered",
            "run `qios register` on it again: the new bytes become a new version",
        )


def _recognize(path: Path, encoding: str | None) -> tuple[Source, Match]:
    """The source that claims the header, read with each delimiter that a source declares."""
    sources = registered_sources()
    for delimiter in dict.fromkeys(source.row["delimiter"] for source in sources.values()):
        with open_text(path, declared=encoding).stream as stream:
            header = RecordReader(stream, name=str(path), delimiter=delimiter).header
        shapes = [s.shape for s in sources.values() if s.row["delimiter"] == delimiter]
        match = match_source(header, shapes)
        if match is not None:
            return sources[match.source_key], match
    raise Findings(
        f"{path}: no registered source has this header (unknown_source)",
        "compare it with the headings in seeds/qinexus/qinexus__seed_source_columns.csv; "
        "a renamed heading becomes an alias there",
    )


def _gate(header: list[str], source: Source, match: Match) -> Gate:
    return build_gate(
        header, redaction_rules(), source.row.items("secret_columns"), match.positions
    )


def _row_keys(source: Source, match: Match) -> RowKeys:
    names = [name for name in source.row.items("natural_key") if name in match.positions]
    return RowKeys(
        source.key,
        tuple(match.positions[name] for name in names),
        digits=any(source.is_number(name) for name in names),
    )


def _open_batch(
    database: psycopg.Connection, version: FileVersion, source: Source
) -> tuple[uuid.UUID, datetime]:
    """Begin the batch of this file version; one file of a source is staged after the other."""
    batch_id = stable_id("qinexus.import_batches", source.key, str(version.version_id))
    try:
        database.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"stage {source.landing}"])
        # Not now(), which is the time before the wait: the later file must have the later time.
        (staged_at,) = database.execute("select clock_timestamp()").fetchone()
        database.execute(
            """
            insert into qinexus.import_batches
                (id, source_id, file_version_id, staged_at, source_system)
            values (%s, %s, %s, %s, %s)
            """,
            [batch_id, source.id, version.version_id, staged_at, source.key],
        )
        database.execute(
            "update qinexus.files set source_id = %s, updated_at = now() where id = %s",
            [source.id, version.file_id],
        )
    except psycopg.errors.UniqueViolation as error:
        raise Findings(
            f"{version.path}: another `qios stage` has just staged it", "nothing is left to do"
        ) from error
    except (psycopg.errors.UndefinedTable, psycopg.errors.ForeignKeyViolation) as error:
        raise EnvironmentFault(
            f"the database does not know the source {source.key} yet", "run `qios build` first"
        ) from error
    return batch_id, staged_at


def _close_batch(
    database: psycopg.Connection,
    version: FileVersion,
    batch_id: uuid.UUID,
    rows: RowCounts,
    dialect: tuple[list[str], str, str],
) -> None:
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
    database.execute(
        "update qinexus.import_batches set row_count = %s, stats = %s where id = %s",
        [rows.staged, Jsonb(vars(rows)), batch_id],
    )
