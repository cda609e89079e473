"""One holder at a time, and nobody held up by the dead."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qios.errors import EnvironmentFault
from qios.locks import exclusive

HOLD = (
    "import sys, time; from pathlib import Path; from qios.locks import exclusive\n"
    "with exclusive(Path(sys.argv[1]), 'the other test'): print('held', flush=True); time.sleep({})"
)


def holder(path: Path, seconds: float) -> subprocess.Popen:
    command = [sys.executable, "-c", HOLD.format(seconds), str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_waits_and_says_for_whom(tmp_path, capfd) -> None:
    first = holder(tmp_path / "lock", 0.5)
    with exclusive(tmp_path / "lock", "another build"):
        assert first.wait() == 0
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"
    expected = f"qios: waiting for another build (process {first.pid})\n"
    assert capfd.readouterr().err == expected


def test_a_killed_holder_holds_up_nobody(tmp_path, capfd) -> None:
    first = holder(tmp_path / "lock", 60)
    first.kill()
    first.wait()
    with exclusive(tmp_path / "lock", "another build"):
        pass
    assert capfd.readouterr().err == ""


def test_a_child_does_not_inherit_the_lock(tmp_path) -> None:
    with exclusive(tmp_path / "lock", "another build"):
        child = subprocess.Popen(["sleep", "60"], close_fds=False)
    started = time.monotonic()
    with exclusive(tmp_path / "lock", "another build"):
        assert time.monotonic() - started < 5
    child.kill()
    child.wait()


def test_a_lock_that_is_a_link_is_refused(tmp_path) -> None:
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "lock").symlink_to(tmp_path / "precious")
    with (
        pytest.raises(EnvironmentFault, match="cannot open the lock"),
        exclusive(tmp_path / "lock", "another build"),
    ):
        pass
    assert (tmp_path / "precious").read_text() == "kept"
