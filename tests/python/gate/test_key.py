"""The key: made once, readable by its owner only, never replaced."""

import hashlib
import hmac
import subprocess
import sys
from pathlib import Path

import pytest

from qios.errors import EnvironmentFault
from qios.gate.key import _key_of, hmac_key


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    _key_of.cache_clear()
    return tmp_path / "home" / "keys" / "secret-hmac.key"


def test_it_is_made_once_and_for_its_owner_only(path: Path) -> None:
    key = hmac_key()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]
    _key_of.cache_clear()
    assert hmac_key() == key
    assert key.material.hex() not in repr(key) + key.key_id


def test_the_digest_is_keyed_hmac_sha256(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(bytes(range(32)))
    path.chmod(0o600)
    expected = hmac.new(bytes(range(32)), "hünter".encode(), hashlib.sha256).hexdigest()
    assert hmac_key().digest("hünter") == expected


def test_two_at_the_same_moment_have_one_key(path: Path) -> None:
    ask = "from qios.gate.key import hmac_key; print(hmac_key().key_id)"
    asked = [
        subprocess.Popen([sys.executable, "-c", ask], stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in asked}) == 1
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("content", "mode"), [(b"short", 0o600), (bytes(33), 0o600)])
def test_a_damaged_key_is_not_replaced(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    path.chmod(mode)
    with pytest.raises(EnvironmentFault, match="damaged") as caught:
        hmac_key()
    assert caught.value.cure
    assert path.read_bytes() == content


def test_a_key_that_others_can_read_is_refused(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(bytes(32))
    path.chmod(0o640)
    with pytest.raises(EnvironmentFault, match="read by others"):
        hmac_key()
