"""The values of a password export into a KeePass file, and references to them into qivault.

The file comes first, the database second: killed between the two, a repetition finds the entries
by their ids, doubles nothing, and writes the references.
"""

import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from qios.gate.key import hmac_key
from qios.intake.header import find_columns
from qios.vault.credentials import Layout, SignIn
from qios.vault.held import Held, tables_of
from qios.vault.keepass import KeepassFile, WrongPassphrase, fits
from qios.vault.references import Reference, note_denied, note_references
from qios.vault.sites import masked, site_of


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


def _sign_ins(held: Held, done: Exported) -> Iterator[SignIn]:
    for records in tables_of(held):
        positions = find_columns(records.header, held.source.shape.columns)
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
