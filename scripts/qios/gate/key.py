"""The key of the keyed hashes: in a file beside the database, never in it.

With the key, equal secrets can be recognized; without it, nobody who has the database can test a
guess. It is made when it is first needed.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from qios.errors import EnvironmentFault
from qios.paths import state_dir

BYTES = 32


@dataclass(frozen=True)
class HmacKey:
    """A key and the name it goes by in the database."""

    path: Path
    material: bytes

    def __repr__(self) -> str:
        return f"HmacKey({self.key_id})"

    @cached_property
    def key_id(self) -> str:
        """What the database calls this key: a hash that only this key gives, and no way back."""
        return self.digest("qios key id")[:16]

    def digest(self, secret: str) -> str:
        """HMAC-SHA256 of a secret, in hex."""
        text = secret.encode("utf-8", "surrogatepass")
        return hmac.digest(self.material, text, hashlib.sha256).hex()


def hmac_key() -> HmacKey:
    """The key of this QIOS_HOME, made if there is none. EnvironmentFault where it is unsafe."""
    return _key_of(os.environ.get("QIOS_HOME"))


def key_in_use() -> bool:
    """Whether this process has asked for a key so far."""
    return _key_of.cache_info().currsize > 0


@cache
def _key_of(home: str | None) -> HmacKey:
    """Known by the setting as it stands: finding a path for every secret would take long."""
    path = state_dir() / "keys" / "secret-hmac.key"
    try:
        material = _read(path)
        if material is None:
            _make(path)
            material = _read(path)
    except OSError as error:
        raise EnvironmentFault(
            f"the key {path} cannot be used: {error.strerror}",
            f"run as the user who owns {path.parent}",
        ) from error
    if material is None or len(material) != BYTES:
        raise EnvironmentFault(
            f"the key {path} is damaged: it does not have {BYTES} bytes",
            "put it back from your backup; with a new key, secrets met before are not recognized",
        )
    return HmacKey(path, material)


def _read(path: Path) -> bytes | None:
    """The bytes of the key; None where there is no file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        if os.fstat(descriptor).st_mode & 0o077:
            raise EnvironmentFault(
                f"the key {path} can be read by others", f"run `chmod 600 {path}`"
            )
        return stream.read(BYTES + 1)


def _make(path: Path) -> None:
    """A new key in one step: whoever is second at the same moment takes the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(BYTES))
            stream.flush()
            os.fsync(descriptor)
        _give_to_owner(path.parent, draft)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _give_to_owner(folder: Path, draft: Path) -> None:
    """root at work in a user's checkout must not lock that user out of it."""
    owner = folder.parent.stat()
    if os.geteuid() == 0 and owner.st_uid:
        for made in (folder, draft):
            os.chown(made, owner.st_uid, owner.st_gid)
