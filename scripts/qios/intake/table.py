"""One table of a file version into its landing table or, where no source claims it, to the rows
that wait for one."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg

from qios.gate import Gate, build_gate, clean_text
from qios.gate.key import key_in_use
from qios.gate.rules import header_rules
from qios.intake.accounting import RowCounts
from qios.intake.batch import FileVersion, Retry, close_batch, open_batch
from qios.intake.chunk import Chunk
from qios.intake.decode import storable
from qios.intake.drift import Drift, drift_since_last
from qios.intake.gone import GONE, stage_gone, whole_of
from qios.intake.header import Match, find_columns, first_present, payload_names
from qios.intake.holding import Holding
from qios.intake.keys import RowKeys
from qios.intake.landing import Landing
from qios.intake.numbering import Numbered
from qios.intake.payload import PayloadText
from qios.intake.readers import Records
from qios.intake.refused import Refused
from qios.intake.sources import Source
from qios.intake.unsaid import unsaid_columns
from qios.vault.quarantine import Quarantine
from qios.vault.records import note_key, note_plain_text

Progress = Callable[[int], None]
"""Told the number of bytes of the file that are read so far."""


@dataclass(frozen=True)
class Table:
    """A table of a file. part: its name there, empty where the file is one table; claim: the source
    that claims it, and how."""

    part: str
    records: Records
    claim: tuple[Source, Match] | None


@dataclass(frozen=True)
class Staged:
    """What became of a table. `refused` names the first refused rows, `held` counts those of a
    table that no source claims, `gone` those of earlier files that this one has no more; `drift`
    tells how its header differs from that of the source's last export; `view_of` names the file
    that holds its rows with more columns."""

    path: str
    part: str
    source_key: str | None
    batch_id: uuid.UUID
    rows: RowCounts
    held: int = 0
    gone: int = 0
    refused: list[dict[str, object]] = field(default_factory=list)
    redacted_headings: list[str] = field(default_factory=list)
    quarantined: bool = False
    drift: Drift | None = None
    view_of: str | None = None


def stage_table(
    database: psycopg.Connection,
    version: FileVersion,
    table: Table,
    retry: Retry | None,
    progress: Progress,
) -> Iterator[Staged]:
    """Stage a table, or those rows of it that are to be tried again, in the open transaction; and
    what earlier files held and this one does not, where it is to hold all."""
    as_written, part = table.records, table.part
    source, match = table.claim or (None, Match("", {}))
    records, match = _numbered(as_written, source, match) if source else (as_written, match)
    name = f"{version.name} ({part})" if part else version.name
    gate, keys = _passage(records.header, source, match, name)
    header = [clean_text(storable(label)) for label in records.header]
    batch_id, staged_at = open_batch(database, version, source, part)
    constants = {
        "import_batch_id": batch_id,
        "source_file_id": version.file_id,
        "created_at": staged_at,
    }
    columns = source.shape.columns if source else {}
    names = payload_names(header, match.positions, columns)
    payload = PayloadText(names)
    whole = whole_of(source, match.positions, names)
    refused = Refused(database, constants, source and source.key, payload)
    if source:
        way = Landing(database, source.landing, constants, keys, payload, whole)
    else:
        way = Holding(database, constants, payload, part)
    with way:
        for chunk in _chunks(records, retry):
            if keys:
                keys.refuse_rounded(chunk)
            gate.apply(chunk)
            way.add(chunk)
            for rejected in chunk.rejected:
                refused.add(rejected, way)
            progress(records.position())
    refused.write()
    _note_secrets(database, gate, version, batch_id)
    read = len(retry.numbers) if retry and retry.numbers is not None else records.read
    rows = RowCounts(read, way.staged, refused.count + way.held, way.repeated).check(name)
    header_as_written = header[: len(as_written.header)]
    # A file of repeats, such as another view of the same rows, tells of no change.
    told = source and rows.staged
    drift = drift_since_last(database, source, header_as_written) if told else None
    dialect = (header_as_written, records.delimiter, records.encoding)
    view_of = records.view_of and clean_text(records.view_of)
    unsaid = unsaid_columns(database, source, match.positions) if source else ()
    whole_key = whole and whole.key
    close_batch(database, version, batch_id, rows, part, dialect, unsaid, view_of, whole_key)
    yield Staged(
        *(version.name, part, source and source.key, batch_id, rows),
        held=way.held,
        refused=refused.shown,
        redacted_headings=[header[position] for position in sorted(gate.replaced)],
        quarantined=bool(source and source.is_quarantined),
        drift=drift,
        view_of=view_of,
    )
    # A row that could not be read is there all the same, under a key that nobody knows.
    if whole_key and not (rows.rejected or retry):
        gone = stage_gone(database, version, source, whole, dialect)
        if gone:
            yield Staged(version.name, GONE, source.key, *gone, gone=gone[1].staged)


def _chunks(records: Records, retry: Retry | None) -> Iterator[Chunk]:
    """The chunks of a table, with only those rows that are to be tried."""
    for chunk in records.chunks():
        if retry and retry.numbers is not None:
            chunk.keep(retry.numbers)
        yield chunk


def _passage(
    header: list[str], source: Source | None, match: Match, name: str
) -> tuple[Gate | Quarantine, RowKeys | None]:
    """What replaces the secrets of a table, and what gives its rows their keys."""
    if source is None:
        return build_gate(header, header_rules()), None
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
        separators={
            match.positions[name]: separator
            for name, separator in source.separators.items()
            if name in match.positions
        },
    )
