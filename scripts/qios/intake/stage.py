"""One registered file version into staging: one transaction, every row accounted for."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from qios.errors import Findings
from qios.gate import Gate, build_gate, clean_text
from qios.gate.key import key_in_use
from qios.gate.marker import MARKER
from qios.gate.rules import header_rules
from qios.intake.accounting import RowCounts
from qios.intake.batch import FileVersion, close_batch, open_batch
from qios.intake.drift import Drift, drift_since_last
from qios.intake.header import Match, distinct_names, find_columns, first_present
from qios.intake.keys import RowKeys
from qios.intake.landing import Landing
from qios.intake.numbering import Numbered
from qios.intake.payload import PayloadText
from qios.intake.readers import Records, open_records
from qios.intake.refused import Refused
from qios.intake.sources import Source
from qios.sources.recognize import recognize
from qios.vault.quarantine import Quarantine
from qios.vault.records import note_key, note_plain_text

Progress = Callable[[int], None]
"""Told the number of bytes of the file that are read so far."""


@dataclass(frozen=True)
class Staged:
    """What became of a file version. `refused` names the first refused rows; `drift` tells how its
    header differs from that of the source's last export; `view_of` names the file that holds its
    rows with more columns."""

    path: str
    source_key: str
    batch_id: uuid.UUID
    rows: RowCounts
    refused: list[dict[str, object]] = field(default_factory=list)
    redacted_headings: list[str] = field(default_factory=list)
    quarantined: bool = False
    drift: Drift | None = None
    view_of: str | None = None


def stage(
    database: psycopg.Connection, version: FileVersion, encoding: str | None, progress: Progress
) -> Staged | None:
    """Stage a file version; None where another process did so meanwhile.

    encoding: what to read the bytes as where they are not valid UTF-8; else the source's own.
    Raises Findings where the file as a whole cannot be read or placed.
    """
    _assert_unchanged(version)
    source, match = recognize(version, encoding)
    with open_records(version, source, encoding) as as_written:
        records, match = _numbered(as_written, source, match)
        gate, keys = _passage(records.header, source, match, version.name)
        header = [clean_text(label) for label in records.header]
        written = [clean_text(label) for label in as_written.header]
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
            # The numbers that were added to the rows have names too.
            made_up = records.header[len(header) :]
            payload = PayloadText(distinct_names([*header, *made_up]))
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
            _note_secrets(database, gate, version, batch_id)
            read = len(version.retried) or records.read
            rows = RowCounts(read, landing.staged, refused.count, landing.repeated)
            rows.check(version.name)
            # A file of repeats, such as another view of the same rows, tells of no change.
            drift = drift_since_last(database, source, written) if rows.staged else None
            view_of = clean_text(getattr(records, "view_of", None) or "") or None
            dialect = (written, records.delimiter, records.encoding)
            close_batch(database, version, batch_id, rows, dialect, view_of)
    headings = [header[position] for position in sorted(gate.columns)]
    return Staged(
        *(version.name, source.key, batch_id, rows, refused.shown, headings),
        quarantined=source.is_quarantined,
        drift=drift,
        view_of=view_of,
    )


def _assert_unchanged(version: FileVersion) -> None:
    try:
        with version.open() as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        if MARKER.search(version.name):
            raise Findings(
                f"{version.name}: its name holds a secret, which is not stored (secret_in_name)",
                "rename the file, then `qios ingest` it under its new name",
            ) from error
        raise Findings(
            f"{version.name}: cannot be read ({error.strerror})",
            "put the file back or make it readable, then run `qios stage` again",
        ) from error
    if digest != version.sha256:
        raise Findings(
            f"{version.name}: its bytes are not those that were registered",
            "run `qios register` on it again: the new bytes become a new version",
        )


def _passage(
    header: list[str], source: Source, match: Match, name: str
) -> tuple[Gate | Quarantine, RowKeys]:
    """What replaces the secrets of a file, and what gives its rows their keys."""
    if source.is_quarantined:
        quarantine = Quarantine(header, source, match.positions)
        return quarantine, quarantine.keys
    gate = build_gate(header, header_rules(), source.secret_columns, match.positions)
    keys = _row_keys(source, match)
    gate.refuse_secret_key(keys.positions, name)
    return gate, keys


def _note_secrets(
    database: psycopg.Connection, gate: Gate | Quarantine, version: FileVersion, batch_id: uuid.UUID
) -> None:
    """What qivault is to know of the batch: never a value, only that there was one."""
    if isinstance(gate, Quarantine):
        gate.close(database, batch_id)
        note_plain_text(database, version.file_id)
    if key_in_use():
        note_key(database)


def _numbered(records: Records, source: Source, match: Match) -> tuple[Records, Match]:
    """The records with their rows numbered, where the source says within which column."""
    within = first_present(source.row["numbered_within"], match.positions)
    if within is None:
        return records, match
    at = match.positions
    amounts = [at[name] for name in source.columns_read_as("decimal") if name in at]
    numbered = Numbered(records, match.positions[within], amounts)
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
