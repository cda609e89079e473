"""Password exports whose rows are in quarantine: the file at hand, and its tables read again."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from qios.content.kinds import kind_of
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.intake.archive.members import archive_kind
from qios.intake.archive.opening import open_bytes
from qios.intake.archive.walk import Found, walk
from qios.intake.batch import FileVersion
from qios.intake.readers import Records, open_records, open_tables
from qios.intake.reasons import FileRefused
from qios.intake.sources import Source, registered_sources
from qios.sources.recognize import claim_on_file, claim_on_table


@dataclass(frozen=True)
class Held:
    """A file whose rows are in quarantine, and the batch that read it last, in this encoding."""

    version: FileVersion
    source: Source
    batch_id: uuid.UUID
    encoding: str | None


def held_file(database: psycopg.Connection, path: Path) -> Held:
    """The registered password export with the bytes of `path`, or of the one file in the archive
    there that is one. Findings where there is none, and where there are several."""
    at_hand = _at_hand(path)
    quarantined = [s.id for s in registered_sources().values() if s.is_quarantined]
    rows = database.execute(
        """
        select distinct on (version.sha256) version.sha256, file.id, version.id,
            version.version_number, version.byte_size, batch.id, batch.source_system,
            read.encoding
        from qinexus.file_versions as version
        inner join qinexus.files as file on file.id = version.file_id
        inner join qinexus.import_batches as batch on batch.file_version_id = version.id
        inner join qinexus.import_files as read on read.import_batch_id = batch.id
        where version.sha256 = any(%s) and batch.source_id = any(%s)
        order by version.sha256, batch.staged_at desc
        """,
        [list(at_hand), quarantined],
    ).fetchall()
    if not rows:
        raise _not_held(database, path, at_hand)
    if len(rows) > 1:
        named = ", ".join(sorted(clean_text(at_hand[digest]) for digest, *_ in rows))
        raise Findings(
            f"{path}: several password exports are in it (several_exports)",
            f"export each by its own name: {named}",
        )
    ((digest, file_id, version_id, number, size, batch_id, source_key, encoding),) = rows
    version = FileVersion(file_id, version_id, number, Path(at_hand[digest]), digest, size)
    return Held(version, registered_sources()[source_key], batch_id, encoding)


def _at_hand(path: Path) -> dict[str, str]:
    """SHA-256 -> path of the file, and of every file in it where it is an archive."""
    try:
        with open_bytes(path) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            found = {digest: str(path)}
            size = stream.tell()
            stream.seek(0)
            if kind := archive_kind(stream):
                inside = walk(stream, kind, str(path), size)
                found |= {at.sha256: at.path for at in inside if isinstance(at, Found)}
            return found
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "name the password export") from error


def _not_held(database: psycopg.Connection, path: Path, at_hand: Mapping[str, str]) -> Findings:
    """Why nothing is moved: what was refused as a whole says so itself."""
    refused = database.execute(
        "select error_code from qinexus.file_versions"
        " where sha256 = any(%s) and error_code = 'encrypted_export'",
        [list(at_hand)],
    ).fetchone()
    if refused:
        return FileRefused(clean_text(str(path)), refused[0], "is an encrypted export")
    return Findings(
        f"{path}: no password export with these bytes is in quarantine (not_quarantined)",
        "`qios ingest` it first; only what went through the gate is moved",
    )


def tables_of(held: Held) -> Iterator[Records]:
    """The tables of the file that are of the source, as staging has read them. Findings where there
    is none any more."""
    version, source, encoding = held.version, held.source, held.encoding
    with version.open() as stream:
        kind = kind_of(stream, version.name)
    if claim_on_file(version, kind, encoding):
        with open_records(version, source, encoding) as records:
            yield records
        return
    found = False
    with open_tables(version, kind, encoding) as tables:
        for _, records in tables:
            claim = claim_on_table(records.header, version.name)
            if claim and claim[0] == source:
                found = True
                yield records
    if not found:
        raise Findings(
            f"{version.name}: no table in it is of the source {source.key} now (not_exportable)",
            "the source's headings changed since it was read: mend them in the registry",
        )
