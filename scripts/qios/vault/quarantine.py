"""The gate of password exports: a row leaves it with its site, and without anything secret.

Only what is known to be harmless stays: the scheme and domain of an address, a user name's first
and last letter, numbers under a heading of numbers. Everything else becomes a marker, whether the
registry knows its heading or not.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import psycopg

from qios.gate.key import hmac_key
from qios.gate.marker import WITHHELD, marker
from qios.gate.torn import UNCERTAIN
from qios.intake.chunk import Chunk
from qios.intake.keys import RowKeys
from qios.intake.sources import Source
from qios.vault.credentials import (
    NOTE,
    OTP,
    PASSWORD,
    TITLE,
    URL,
    USERNAME,
    Credential,
    Layout,
)
from qios.vault.sites import Site, masked, site_of

MARKERS = {
    URL: "[secret removed: address]",
    PASSWORD: "[secret removed: password]",
    NOTE: "[secret removed: note]",
    TITLE: "[secret removed: name]",
    OTP: "[secret removed: one-time password]",
}
OTHER = "[secret removed: cell of a password export]"


@dataclass(frozen=True)
class CredentialKeys(RowKeys):
    """Row keys by keyed hash: a plain hash of address and user name could be guessed.

    of_chunk: those of the chunk that passed the gate last.
    """

    of_chunk: list[bytes] = field(default_factory=list)

    def of(
        self, rows: Sequence[Sequence[str]], hashes: Sequence[bytes]
    ) -> tuple[list[bytes], list[int]]:
        return list(self.of_chunk), []


class Quarantine:
    """The gate of one password export.

    replaced: the 0-based positions whose values are replaced, as Gate has them.
    """

    def __init__(self, header: Sequence[str], source: Source, positions: Mapping[str, int]) -> None:
        self.keys = CredentialKeys(source.key)
        self.replaced = range(len(header))
        self._layout = Layout(header, source, positions)
        self._numeric = {p for n, p in positions.items() if source.is_number(n)}
        self._facts: list[tuple[int, str | None, str, bool, bool, str | None]] = []

    def apply(self, chunk: Chunk) -> None:
        """Replace the secrets of a chunk, in place, and remember what is known of each row."""
        if not chunk.shape_certain:
            chunk.set_aside(dict.fromkeys(range(len(chunk.rows)), UNCERTAIN))
        self.keys.of_chunk.clear()
        for sign_in, row in zip(self._layout.sign_ins(chunk), chunk.rows, strict=True):
            credential = sign_in.credential
            self.keys.of_chunk.append(sign_in.key)
            site = site_of(credential.url)
            if site and _tells(site.reduced, credential):
                site = None
            row[:] = [self._redacted(at, cell, credential, site) for at, cell in enumerate(row)]
            self._facts.append((sign_in.row_number, *_known(credential, site)))
        for rejected in chunk.rejected:
            rejected.cells[:] = [WITHHELD if cell else "" for cell in rejected.cells]
            rejected.line = None if rejected.line is None else WITHHELD

    def close(self, database: psycopg.Connection, batch_id: uuid.UUID) -> None:
        """Write what is known of the rows that were staged, and hold them apart."""
        columns = [list(column) for column in zip(*self._facts, strict=True)]
        if not columns:
            return
        database.execute(
            """
            update staging.chrome_passwords_quarantine as held set
                review_status = 'quarantined', site_domain = known.site_domain,
                masked_username = known.masked_username,
                password_present = known.password_present, note_present = known.note_present,
                secret_hmac = known.secret_hmac
            from unnest(%s::int8[], %s::text[], %s::text[], %s::bool[], %s::bool[], %s::text[])
                as known (
                    row_number, site_domain, masked_username, password_present, note_present,
                    secret_hmac
                )
            where held.import_batch_id = %s and held.row_number = known.row_number
            """,
            [*columns, batch_id],
        )

    def _redacted(self, position: int, cell: str, credential: Credential, site: Site | None) -> str:
        role = self._layout.roles.get(position)
        if not cell:
            return ""
        if role == USERNAME:
            return masked(cell)
        if role == URL and site:
            return site.reduced
        known = (site.host, site.domain) if role == TITLE and site else ()
        number = position in self._numeric and cell.isdecimal()
        if (number or cell.lower() in known) and not _tells(cell, credential):
            return cell
        return marker(MARKERS.get(role, OTHER), cell)


def _tells(kept: str, credential: Credential) -> bool:
    """Whether a secret of the row stands in what would be kept of it."""
    secrets = (credential.password, credential.otp, credential.note)
    return any(secret and secret.lower() in kept.lower() for secret in secrets)


def _known(
    credential: Credential, site: Site | None
) -> tuple[str | None, str, bool, bool, str | None]:
    password = credential.password
    return (
        site.domain if site else None,
        masked(credential.username),
        bool(password),
        bool(credential.note),
        hmac_key().digest(password) if password else None,
    )
