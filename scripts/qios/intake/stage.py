"""One registered file version into staging: one transaction, every row accounted for."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from qios.errors import Findings
from qios.intake.accounting import RowCounts
from qios.intake.batch import FileVersion, close_batch, open_batch
from qios.intake.gate import Gate, build_gate
from qios.intake.header import (
    Match,
    distinct_names,
    find_columns,
    first_present,
    match_source,
)
from qios.intake.keys import RowKeys
from qios.intake.landing import Landing
from qios.intake.numbering import Numbered
from qios.intake.payload import PayloadText
from qios.intake.readers import Records, open_records
from qios.intake.refused import Refused
from qios.intake.sources import Source, redaction_rules, registered_sources

Progress = Callable[[int], None]
"""Told the number of bytes of the file that are read so far."""


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
) -> Staged | None:
    """Stage a file version; None where another process did so meanwhile.

    encoding: what to read the bytes as where they are not valid UTF-8; else the source's own.
    Raises Findings where the file as a whole cannot be read or placed.
    """
    _assert_unchanged(version)
    source, match = _recognize(version, encoding)
    with open_records(version, source, encoding) as as_written:
        records, match = _numbered(as_written, source, match)
        gate = _gate(records.header, source, match)
        keys = _row_keys(source, match)
        gate.refuse_secret_key(keys.positions, str(version.path))
        with database.transaction():
            opened = open_batch(database, version, source)
            if opened is None:
                return None
            batch_id, staged_at = opened
            constants = {
                "import_batch_id": batch_id,
                "source_file_id": version.file_id,
                "created_at": staged_at,
            }
            payload = PayloadText(distinct_names(records.header))
            refused = Refused(database, constants, source.key, payload)
            with Landing(database, source.landing, constants, keys, payload) as landing:
                for chunk in records.chunks():
                    if version.retried:
                        chunk.keep(version.retried)
                    keys.refuse_rounded(chunk)
                    gate.apply(chunk)
                    landing.add(chunk)
                    for rejected in chunk.rejected:
                        refused.add(rejected, landing)
                    progress(records.position())
            refused.write()
            read = len(version.retried) or records.read
            rows = RowCounts(read, landing.staged, refused.count, landing.repeated)
            rows.check(str(version.path))
            dialect = (as_written.header, records.delimiter, records.encoding)
            close_batch(database, version, batch_id, rows, dialect)
    headings = [records.header[position] for position in sorted(gate.columns)]
    return Staged(str(version.path), source.key, batch_id, rows, refused.shown, headings)


def _assert_unchanged(version: FileVersion) -> None:
    try:
        with version.open() as stream:
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


def _recognize(version: FileVersion, encoding: str | None) -> tuple[Source, Match]:
    """The source that claims the header, read in each way in which a source's files are read."""
    sources = registered_sources()
    unreadable: Findings | None = None
    alike: dict[tuple[str, ...], list[Source]] = {}
    for source in sources.values():
        way = (source.row["reader"], source.row["delimiter"], source.row["encoding"])
        alike.setdefault(way, []).append(source)
    for read_alike in alike.values():
        try:
            with open_records(version, read_alike[0], encoding) as records:
                header = records.header
        except Findings as finding:
            unreadable = unreadable or finding
            continue
        shapes = [source.shape for source in read_alike]
        match = match_source(header, shapes, f"the header of {version.path}")
        if match is not None:
            return sources[match.source_key], match
    raise unreadable or Findings(
        f"{version.path}: no registered source has this header (unknown_source)",
        "compare it with the headings in seeds/qinexus/qinexus__seed_source_columns.csv; "
        "a renamed heading becomes an alias there",
    )


def _gate(header: list[str], source: Source, match: Match) -> Gate:
    return build_gate(
        header, redaction_rules(), source.row.items("secret_columns"), match.positions
    )


def _numbered(records: Records, source: Source, match: Match) -> tuple[Records, Match]:
    """The records with their rows numbered, where the source says within which column."""
    within = first_present(source.row["numbered_within"], match.positions)
    if within is None:
        return records, match
    numbered = Numbered(records, match.positions[within])
    return numbered, Match(source.key, find_columns(numbered.header, source.shape.columns))


def _row_keys(source: Source, match: Match) -> RowKeys:
    alternatives = source.row.items("natural_key")
    found = [first_present(names, match.positions) for names in alternatives]
    names = [name for name in found if name is not None]
    return RowKeys(
        source.key,
        tuple(match.positions[name] for name in names),
        digits=any(source.is_number(name) for name in names),
    )
