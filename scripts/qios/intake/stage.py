"""One registered file version into staging: one transaction, every row accounted for.

A table that a source claims goes into the source's landing table. A table of no known source waits
in staging.import_rows, a document gives its text, and of any other file the kind is noted.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg

from qios.content.kinds import Kind, kind_of
from qios.errors import Findings
from qios.gate import clean_text, looks_like_credentials
from qios.gate.marker import MARKER
from qios.intake.accounting import RowCounts
from qios.intake.batch import FileVersion, lock, note_read
from qios.intake.decode import open_text, storable
from qios.intake.documents import Document, take_text
from qios.intake.readers import open_records, open_tables
from qios.intake.reasons import FileRefused
from qios.intake.table import Progress, Staged, Table, stage_table
from qios.sources.recognize import claim_on_file, claim_on_table, flat_sources
from qios.turns import stage_into, take_turn

LINE_CHARS = 1 << 12
WORDS = re.compile(r"""[,;\t|"']+""")
"""What may stand between the labels of a first line."""


@dataclass
class Outcome:
    """What became of a file version: its tables, or its text; neither where it is only noted.

    unclaimed: tables that were to be tried again and that no source claims even now.
    """

    path: str
    media_type: str
    tables: list[Staged] = field(default_factory=list)
    document: Document | None = None
    unclaimed: int = 0

    @property
    def rows(self) -> RowCounts:
        """Of all tables together."""
        return sum((table.rows for table in self.tables), RowCounts())


def stage(
    database: psycopg.Connection, version: FileVersion, encoding: str | None, progress: Progress
) -> Outcome | None:
    """Stage a file version; None where another process did so meanwhile.

    encoding: what to read the bytes as where they are not valid UTF-8; else the source's own.
    Raises Findings where the file as a whole cannot be read or placed.
    """
    _assert_unchanged(version)
    kind = None
    try:
        with version.open() as stream:
            kind = kind_of(stream, version.name)
        if kind.fault:
            raise FileRefused(version.name, kind.fault, "is protected by a password")
        with database.transaction():
            if not lock(database, version):
                return None
            outcome = _read(database, version, kind, encoding, progress)
            error = outcome.document.error_code if outcome.document else None
            note_read(database, version, kind.media_type, error)
            return outcome
    except FileRefused as refusal:
        with database.transaction():
            if lock(database, version):
                note_read(database, version, kind and kind.media_type, refusal.code)
        raise


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


def _read(
    database: psycopg.Connection,
    version: FileVersion,
    kind: Kind,
    encoding: str | None,
    progress: Progress,
) -> Outcome:
    outcome = Outcome(version.name, kind.media_type)
    claim = claim_on_file(version, kind, encoding)
    if claim:
        with open_records(version, claim[0], encoding) as records:
            _take(database, version, outcome, Table("", records, claim), progress)
    elif kind.tables:
        _take_turns(database)
        with open_tables(version, kind, encoding) as tables:
            for part, records in tables:
                claim = claim_on_table(records.header, version.name)
                if claim is None:
                    _refuse_credentials(records.header, version.name)
                table = Table(clean_text(storable(part)), records, claim)
                _take(database, version, outcome, table, progress)
        if not (outcome.tables or outcome.unclaimed or version.retries):
            raise FileRefused(version.name, "empty_file", "holds no table")
    elif kind.text:
        _refuse_credentials_in_text(version, kind, encoding)
        outcome.document = take_text(database, version, kind, encoding)
    return outcome


def _refuse_credentials_in_text(version: FileVersion, kind: Kind, encoding: str | None) -> None:
    """A password export that is too broken to be a table is read as plain text."""
    if kind.is_text:
        text = open_text(version.open(), name=version.name, declared=encoding)
        with text.stream as stream:
            first = stream.read(LINE_CHARS).strip().partition("\n")[0]
        _refuse_credentials([*filter(None, map(str.strip, WORDS.split(first)))], version.name)


def _refuse_credentials(labels: Sequence[str], name: str) -> None:
    """FileRefused for a password export that no source claims: what in it is secret is not known.

    labels: of a header, or the words of a first line.
    """
    if looks_like_credentials(labels):
        raise FileRefused(name, "unknown_password_export", "looks like a password export")


def _take_turns(database: psycopg.Connection) -> None:
    """Tables of one file may be of several sources: wait for all, in an order that all share."""
    for landing in sorted({source.landing for source in flat_sources()}):
        take_turn(database, stage_into(landing))


def _take(
    database: psycopg.Connection,
    version: FileVersion,
    outcome: Outcome,
    table: Table,
    progress: Progress,
) -> None:
    """Take a table, unless only others are to be tried again, or no source claims it even now."""
    retry = version.retries.get(table.part)
    if retry is None and version.retries:
        return
    if retry and retry.only_unknown and table.claim is None:
        outcome.unclaimed += 1
        return
    outcome.tables += stage_table(database, version, table, retry, progress)
