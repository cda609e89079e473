"""The values of a password export into a KeePass file, and references to them into qivault.

The file comes first, the database second: killed between the two, a repetition finds the entries
by their ids, doubles nothing, and writes the references.
"""

import hashlib
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from qios.errors import Findings, UsageError
from qios.gate.key import hmac_key
from qios.intake.batch import FileVersion
from qios.intake.header import find_columns
from qios.intake.readers import open_records
from qios.intake.sources import Source, registered_sources
from qios.vault.credentials import URL, Layout, SignIn
from qios.vault.keepass import KeepassFile, WrongPassphrase, fits
from qios.vault.references import Reference, note_denied, note_references
from qios.vault.sites import masked, site_of


@dataclass(frozen=True)
class Held:
    """A file whose rows are in quarantine, and the batch that read it last."""

    version: FileVersion
    source: Source
    batch_id: uuid.UUID


@dataclass
class Exported:
    """Entries of the KeePass file by what became of them. empty: rows without any secret.

    left: numbers of the rows whose values stay in the export only.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    empty: int = 0
    unreadable: int = 0
    left: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def held_file(database: psycopg.Connection, path: Path) -> Held:
    """The registered password export with the bytes of `path`. Findings where there is none."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "name the password export") from error
    quarantined = [s.id for s in registered_sources().values() if s.is_quarantined]
    row = database.execute(
        """
        select file.id, version.id, version.version_number, version.byte_size, batch.id,
            batch.source_system
        from qinexus.file_versions as version
        inner join qinexus.files as file on file.id = version.file_id
        inner join qinexus.import_batches as batch on batch.file_version_id = version.id
        where version.sha256 = %s and batch.source_id = any(%s)
        order by batch.staged_at desc limit 1
        """,
        [digest, quarantined],
    ).fetchone()
    if row is None:
        raise Findings(
            f"{path}: no password export with these bytes is in quarantine (not_quarantined)",
            "`qios ingest` it first; only what went through the gate is moved",
        )
    file_id, version_id, number, size, batch_id, source_key = row
    version = FileVersion(file_id, version_id, number, path, digest, size)
    return Held(version, registered_sources()[source_key], batch_id)


def export(database: psycopg.Connection, held: Held, target: Path, passphrase: str) -> Exported:
    """Move the secrets of the file into the KeePass file `target`, which is made or extended."""
    try:
        store = KeepassFile(target, passphrase)
    except WrongPassphrase:
        note_denied(database, held.version.file_id)
        raise
    done = Exported()
    references = []
    left = []
    for sign_in in _sign_ins(held, done):
        if not sign_in.credential.holds_secret:
            done.empty += 1
        elif not fits(sign_in.credential):
            left.append(sign_in.row_number)
        else:
            entry_id = uuid.UUID(bytes=sign_in.key)
            title = _title(sign_in)
            outcome = store.put(
                entry_id, held.source.row["display_name"], title, sign_in.credential
            )
            setattr(done, outcome, getattr(done, outcome) + 1)
            references.append(_reference(sign_in, target, entry_id))
    done.left = tuple(left)
    if done.new or done.changed:
        store.save()
    note_references(database, references, held.source.key, held.version.file_id, held.batch_id)
    return done


def _sign_ins(held: Held, done: Exported):
    with open_records(held.version, held.source, None) as records:
        positions = find_columns(records.header, held.source.shape.columns)
        if URL not in positions:
            raise Findings(
                f"{held.version.name}: its passwords can only be read from the CSV file that "
                "the program itself writes (not_exportable)",
                "export them again as CSV, with commas, and ingest that file",
            )
        layout = Layout(records.header, held.source, positions)
        for chunk in records.chunks():
            done.unreadable += len(chunk.rejected)
            if chunk.shape_certain:
                yield from layout.sign_ins(chunk)
            else:
                done.unreadable += len(chunk.rows)


def _title(sign_in: SignIn) -> str:
    site = site_of(sign_in.credential.url)
    return sign_in.credential.title or (site.host if site else f"row {sign_in.row_number}")


def _reference(sign_in: SignIn, target: Path, entry_id: uuid.UUID) -> Reference:
    credential = sign_in.credential
    site = site_of(credential.url)
    kind = "password" if credential.password else "totp_seed" if credential.otp else "secure_note"
    return Reference(
        row_key=entry_id,
        secret_type=kind,
        locator=f"{target}#{entry_id}",
        site_domain=site.domain if site else None,
        masked_username=masked(credential.username),
        secret_hmac=hmac_key().digest(credential.password) if credential.password else None,
    )
