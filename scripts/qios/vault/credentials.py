"""A row of a password export as a credential, whichever program wrote it.

The registry says by which heading a source calls what; its column names are those of the
quarantine table that a heading feeds, so `password` stands there as secret_hmac.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qios.gate.key import hmac_key
from qios.intake.chunk import Chunk
from qios.intake.sources import Source

URL, USERNAME, PASSWORD, NOTE = "site_domain", "masked_username", "secret_hmac", "note_present"
TITLE, OTP, SECRET_DATA = "name", "totp_seed", "secret_data"
BEHIND_HEADER = (USERNAME, PASSWORD)

_SECRET_DATA = re.compile(r"^(SecretType|User Name|Password):(.*)$", re.MULTILINE)


@dataclass(frozen=True, repr=False)
class Credential:
    """One sign-in. extra: what has no place of its own, by heading. Never shown, never logged."""

    url: str = ""
    username: str = ""
    password: str = ""
    note: str = ""
    title: str = ""
    otp: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds_secret(self) -> bool:
        return any((self.password, self.note, self.otp, *self.extra.values()))


@dataclass(frozen=True)
class SignIn:
    """A credential with the number of its row and the 16 bytes that name it everywhere."""

    row_number: int
    key: bytes
    credential: Credential


class Layout:
    """Where a file of a source has what: made for its header, it reads the file's chunks in order.

    roles: 0-based position → column_name.
    """

    def __init__(self, header: Sequence[str], source: Source, positions: Mapping[str, int]) -> None:
        self.roles = {position: name for name, position in positions.items()}
        self._header = list(header)
        self._source_key = source.key
        self._met: Counter[str] = Counter()
        if PASSWORD not in positions and SECRET_DATA not in positions:
            # Zoho Vault writes rows longer than its header.
            first = len(self._header)
            self.roles |= {first + at: role for at, role in enumerate(BEHIND_HEADER)}

    def sign_ins(self, chunk: Chunk) -> list[SignIn]:
        """The credentials of a chunk's rows. Twins in a file are told apart by their number."""
        found = []
        for number, row in zip(chunk.numbers, chunk.rows, strict=True):
            credential = self.read(row)
            identity = self._identity(credential)
            self._met[identity] += 1
            name = hmac_key().digest(f"{identity}\x1f{self._met[identity]}")
            found.append(SignIn(number, bytes.fromhex(name)[:16], credential))
        return found

    def read(self, row: Sequence[str]) -> Credential:
        by_role: dict[str, str] = {}
        extra: dict[str, str] = {}
        for position, cell in enumerate(row):
            role = self.roles.get(position)
            if role in (URL, USERNAME, PASSWORD, NOTE, TITLE, OTP, SECRET_DATA):
                by_role[role] = cell
            elif cell:
                extra[self._heading(position)] = cell
        by_role |= _from_secret_data(by_role.pop(SECRET_DATA, ""), extra)
        return Credential(
            url=by_role.get(URL, ""),
            username=by_role.get(USERNAME, ""),
            password=by_role.get(PASSWORD, ""),
            note=by_role.get(NOTE, ""),
            title=by_role.get(TITLE, ""),
            otp=by_role.get(OTP, ""),
            extra=extra,
        )

    def _identity(self, credential: Credential) -> str:
        """What makes it the same sign-in in a later export, as a keyed hash of 64 hex letters."""
        parts = (self._source_key, credential.url, credential.username, credential.title)
        return hmac_key().digest("\x1f".join(parts))

    def _heading(self, position: int) -> str:
        label = self._header[position].strip() if position < len(self._header) else ""
        return label or f"column {position + 1}"


def _from_secret_data(text: str, extra: dict[str, str]) -> dict[str, str]:
    """User name and password out of Zoho Vault's one cell; other lines of it go to `extra`."""
    if not text:
        return {}
    found = dict(_SECRET_DATA.findall(text))
    if _SECRET_DATA.sub("", text).strip():
        extra["SecretData"] = text
    return {USERNAME: found.get("User Name", ""), PASSWORD: found.get("Password", "")}
