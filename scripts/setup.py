"""Set up this checkout: a virtual environment with the locked packages, then the database.

Standard library only; runs under any Python from 3.11 on: `python3 scripts/setup.py`.
A second run finds a stamp and does nothing; a killed run leaves none and is simply repeated.
"""

import sys

if sys.version_info < (3, 11):  # before the imports, which an older Python cannot read
    sys.exit(
        "qios: QiOS needs Python 3.11 or newer; {} is {}.{}\n"
        "  cure: install a newer one (apt-get install python3) and name it: "
        "make setup PYTHON=python3.11".format(sys.executable, *sys.version_info)
    )

import hashlib
import importlib.util
import os
import subprocess
from pathlib import Path

from qios.errors import EnvironmentFault, QiosError, report
from qios.locks import exclusive

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "qios-setup.stamp"
LOCKED = ROOT / "requirements.lock"
# Settings of the caller that would put packages elsewhere, or let others in.
MISLEADING = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"}


def main() -> int:
    """Exit code 0, or 3 with one message that names the cure."""
    try:
        with exclusive(ROOT / ".qios" / "setup.lock", "another set-up of this checkout") as lock:
            if _stamped() != _fingerprint():
                _install(lock)
    except QiosError as error:
        report(error, as_json=False)
        return error.exit_code
    return subprocess.run([VENV / "bin" / "qios", "db", "prepare"], check=False).returncode


def _fingerprint() -> str:
    """Changes with whatever the environment was built from; it cannot be moved, hence the path."""
    parts = [sys.version, str(ROOT), LOCKED.read_text(), (ROOT / "pyproject.toml").read_text()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _stamped() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def _install(lock: int) -> None:
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        raise EnvironmentFault(
            f"{sys.executable} lacks the modules venv and ensurepip",
            "apt-get install python3-venv, then run this again",
        )
    STAMP.unlink(missing_ok=True)
    _run("creating .venv", [sys.executable, "-m", "venv", "--clear", VENV], lock)
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "-qq", "--no-deps", "--no-compile"]
    pip += ["--disable-pip-version-check", "--no-input"]
    _run("installing requirements.lock", [*pip, "--require-hashes", "-r", LOCKED], lock)
    _run("installing the command qios", [*pip, "--no-build-isolation", "-e", ROOT], lock)
    STAMP.write_text(_fingerprint())


def _run(step: str, command: list[str | Path], lock: int) -> None:
    """One step. It holds the lock as well: pip may outlive a killed set-up and still be writing."""
    print(f"qios: {step} …", file=sys.stderr, flush=True)
    environment = {k: v for k, v in os.environ.items() if k not in MISLEADING}
    environment["PIP_USER"] = "no"
    answer = subprocess.run(command, env=environment, cwd=ROOT, pass_fds=[lock], check=False)
    if answer.returncode:
        raise EnvironmentFault(
            f"set-up stopped while {step} with {sys.executable}; the reason stands above",
            "check the network, the package index of pip and the free space, then run this again",
        )


if __name__ == "__main__":
    sys.exit(main())
