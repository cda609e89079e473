"""How a part measures: commands timed, ratios printed, and a server of the bench's own."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ROUNDS = 3


@dataclass(frozen=True)
class Timing:
    """Seconds of wall time, and the peak resident memory of the largest process in MB."""

    seconds: float
    peak_mb: float


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> Timing:
    """Run a command to its end; what it prints is shown only where it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=os.environ | environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))}\n{said.read()[-4000:]}")
    return Timing(seconds, usage.ru_maxrss / 1024)


def qios(*arguments: str | Path, database: str = "qios") -> Timing:
    return run(BIN / "qios", *arguments, QIOS_PGDATABASE=database)


def psql(statement: str, database: str = "postgres") -> Timing:
    return run(BIN / "qios", "db", "psql", "-q", "-c", statement, QIOS_PGDATABASE=database)


def fresh_database(name: str, template: str = "built") -> str:
    psql(f"drop database if exists {name}")
    psql(f"create database {name} template {template}")
    return name


def compare(
    what: str, ours: Callable[[], Timing], theirs: Callable[[], Timing], limit: float
) -> None:
    """Take turns, so that a slow moment of the machine hits both; print medians and their ratio."""
    pairs = [(ours().seconds, theirs().seconds) for _ in range(ROUNDS)]
    mine, other = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    print(f"{what}: {mine:.1f} s / {other:.1f} s = {mine / other:.2f} (limit {limit})", flush=True)


@contextmanager
def private_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="qios-bench-", dir="/tmp"))
    folder.chmod(0o755)
    for name in [n for n in os.environ if n.startswith(("QIOS_PG", "PG"))]:
        del os.environ[name]
    os.environ["QIOS_HOME"] = str(folder / "home")
    try:
        qios("db", "prepare")
        psql("create database built template template0")
        run(BIN / "qios", "build", QIOS_PGDATABASE="built")
        yield folder
    finally:
        run(BIN / "qios", "db", "stop")
        shutil.rmtree(folder, ignore_errors=True)
