"""The KeePass file: what goes in comes out, once, and a failure leaves it as it was."""

import os
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from pykeepass import PyKeePass

from qios.errors import Findings, UsageError
from qios.vault import keepass
from qios.vault.credentials import Credential
from qios.vault.keepass import CHANGED, NEW, SAME, KeepassFile, WrongPassphrase, fits
from qios.vault.passphrase import VARIABLE, read_passphrase

PASSPHRASE = "only for this test"  # noqa: S105 - of a file that the test makes
ENTRY = uuid.UUID(int=7)
CREDENTIAL = Credential(
    url="https://example.com/",
    username="änna",
    password=' <&">\tö ]]> ',  # noqa: S106 - made up
    note="two\nlines",
    title="example.com",
    otp="otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
    extra={"Tags": "a", "Notes": "b"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "passwords.kdbx"


def test_what_goes_in_comes_out_and_goes_in_once(path: Path) -> None:
    store = KeepassFile(path, PASSPHRASE)
    assert store.put(ENTRY, "Chrome", "example.com", CREDENTIAL) == NEW
    store.save()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.glob(".*kdbx*")) == []
    path.chmod(0o644)

    store = KeepassFile(path, PASSPHRASE)
    assert store.put(ENTRY, "Chrome", "example.com", CREDENTIAL) == SAME
    changed = replace(CREDENTIAL, password="new", note="")  # noqa: S106 - made up
    assert store.put(ENTRY, "Chrome", "example.com", changed) == CHANGED
    store.save()
    assert path.stat().st_mode & 0o777 == 0o600

    (entry,) = PyKeePass(path, password=PASSPHRASE).entries
    assert (entry.uuid, entry.group.name, entry.title) == (ENTRY, "Chrome", "example.com")
    assert (entry.username, entry.password, entry.notes or "") == ("änna", "new", "")
    assert entry.custom_properties == {"imported: Tags": "a", "imported: Notes": "b"}
    assert [old.password for old in entry.history] == [CREDENTIAL.password]
    assert entry.otp == CREDENTIAL.otp


def test_a_wrong_passphrase_and_another_file_are_told_and_left_alone(path: Path) -> None:
    KeepassFile(path, PASSPHRASE).save()
    with pytest.raises(WrongPassphrase) as caught:
        KeepassFile(path, "wrong")
    assert caught.value.cure
    path.write_bytes(b"a letter")
    with pytest.raises(Findings, match="no KeePass file"):
        KeepassFile(path, PASSPHRASE)
    assert path.read_bytes() == b"a letter"


def test_a_failure_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"as it was")
    store = KeepassFile(path.with_name("other.kdbx"), PASSPHRASE)
    store._path = path

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keepass.os, "fsync", full)
    with pytest.raises(Findings, match="No space left"):
        store.save()
    assert path.read_bytes() == b"as it was"


def test_letters_that_keepass_cannot_hold() -> None:
    assert fits(CREDENTIAL)
    assert not fits(Credential(password="a\x00b"))  # noqa: S106 - made up
    assert not fits(Credential(extra={"x": "\x1b"}))


def test_a_passphrase_comes_from_a_descriptor_or_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    os.write(writing, "käse brot\nsecond line\n".encode())
    os.close(writing)
    assert read_passphrase(reading, twice=False) == "käse brot"
    os.close(reading)
    with pytest.raises(UsageError, match="descriptor"):
        read_passphrase(reading, twice=False)
    monkeypatch.setenv(VARIABLE, "from there")
    assert read_passphrase(None, twice=True) == "from there"
    assert VARIABLE not in os.environ
    monkeypatch.setenv(VARIABLE, "")
    with pytest.raises(UsageError, match="empty"):
        read_passphrase(None, twice=True)
