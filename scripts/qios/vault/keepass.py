"""An encrypted KeePass file that takes credentials. It is replaced as a whole or not at all."""

import io
import os
import re
import uuid
from pathlib import Path

from qios.errors import Findings
from qios.vault.credentials import Credential

NEW, CHANGED, SAME = "new", "changed", "same"

# XML, in which KeePass keeps its entries, has no place for these.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class WrongPassphrase(Findings):
    """The file exists, and the passphrase does not open it."""


class KeepassFile:
    """The entries of a .kdbx file, in memory until `save`. `path` need not exist yet."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self._path = path
        self._file = _opened(path, passphrase) if path.exists() else _blank(passphrase)
        self._entries = {entry.uuid: entry for entry in self._file.entries}
        self._groups = {group.name: group for group in self._file.root_group.subgroups}

    def put(self, entry_id: uuid.UUID, group: str, title: str, credential: Credential) -> str:
        """NEW, CHANGED (the old values go to the entry's history) or SAME."""
        values = {
            "username": credential.username,
            "password": credential.password,
            "url": credential.url,
            "notes": credential.note,
            "otp": credential.otp or None,
        }
        entry = self._entries.get(entry_id)
        if entry is None:
            entry = self._file.add_entry(self._group(group), title, **values, force_creation=True)
            entry.uuid = entry_id
            self._entries[entry_id] = entry
            outcome = NEW
        else:
            changed = {n: v for n, v in values.items() if (getattr(entry, n) or "") != (v or "")}
            if not changed and _kept_extra(entry, credential) == _extra_fields(credential):
                return SAME
            entry.save_history()
            for name, value in changed.items():
                setattr(entry, name, value)
            outcome = CHANGED
        for name, value in _extra_fields(credential).items():
            entry.set_custom_property(name, value, protect=True)
        return outcome

    def save(self) -> None:
        """Replace the file in one step; only its owner may read it."""
        encrypted = io.BytesIO()
        self._file.save(encrypted)
        draft = self._path.with_name(f".{self._path.name}.draft")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            descriptor = os.open(draft, flags, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                os.fchmod(descriptor, 0o600)
                stream.write(encrypted.getbuffer())
                stream.flush()
                os.fsync(descriptor)
            draft.replace(self._path)
            _sync(self._path.parent)
        except OSError as error:
            raise Findings(
                f"{self._path} cannot be written: {error.strerror}",
                "choose a folder that you may write to; what was there is as it was",
            ) from error

    def _group(self, name: str):
        if name not in self._groups:
            self._groups[name] = self._file.add_group(self._file.root_group, name)
        return self._groups[name]


def fits(credential: Credential) -> bool:
    """Whether KeePass can hold every letter of it."""
    values = (credential.url, credential.username, credential.password, credential.note)
    others = (credential.title, credential.otp, *credential.extra, *credential.extra.values())
    return not any(_NOT_XML.search(value) for value in (*values, *others))


def _extra_fields(credential: Credential) -> dict[str, str]:
    """KeePass keeps some names for itself, such as Tags."""
    return {f"imported: {heading}": value for heading, value in credential.extra.items()}


def _kept_extra(entry, credential: Credential) -> dict[str, str | None]:
    return {name: entry.get_custom_property(name) for name in _extra_fields(credential)}


def _opened(path: Path, passphrase: str):
    from pykeepass import PyKeePass
    from pykeepass.exceptions import CredentialsError

    try:
        return PyKeePass(io.BytesIO(path.read_bytes()), password=passphrase)
    except CredentialsError as error:
        raise WrongPassphrase(
            f"the passphrase does not open {path}", "repeat the command with the right one"
        ) from error
    except Exception as error:  # the library lets those of its parser through
        raise Findings(
            f"{path} is no KeePass file that can be read",
            "name another file with --to; this one is as it was",
        ) from error


def _blank(passphrase: str):
    from pykeepass import PyKeePass
    from pykeepass.pykeepass import BLANK_DATABASE_LOCATION, BLANK_DATABASE_PASSWORD

    # Not create_database(), which writes it once more before there is anything in it.
    blank = PyKeePass(BLANK_DATABASE_LOCATION, password=BLANK_DATABASE_PASSWORD)
    blank.password = passphrase
    return blank


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
