"""Runs dbt under the one lock that keeps two builds of a checkout apart."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qios import paths
from qios.errors import EnvironmentFault
from qios.locks import exclusive

BUILD_LOCK = "build.lock"


@dataclass(frozen=True)
class DbtRun:
    """How dbt ended: its exit code, and node name → (status, rows affected)."""

    exit_code: int
    nodes: dict[str, tuple[str, int]]


@contextmanager
def one_build() -> Iterator[int]:
    """Wait while another build runs; yields the descriptor of the lock, for run_dbt()."""
    with exclusive(paths.state_dir() / BUILD_LOCK, "another build") as descriptor:
        yield descriptor


def run_dbt(*arguments: str, lock: int) -> DbtRun:
    """Run dbt in the project; what it prints goes to stderr. `lock`: what one_build() yields."""
    root = paths.project_root()
    program = Path(sys.executable).with_name("dbt")
    if not program.exists():
        raise EnvironmentFault(f"there is no dbt beside {sys.executable}", "run `make setup`")
    results = root / "target" / "run_results.json"
    results.unlink(missing_ok=True)
    ended = subprocess.run(
        [program, *arguments, "--profiles-dir", paths.profiles_dir(), "--project-dir", root],
        stdout=sys.stderr,
        check=False,
        pass_fds=[lock],  # a build that outlives a killed qios keeps its lock
    )
    return DbtRun(ended.returncode, _nodes(results) if results.exists() else {})


def _nodes(results: Path) -> dict[str, tuple[str, int]]:
    return {
        result["unique_id"].rsplit(".", 1)[-1]: (
            result["status"],
            int(result["adapter_response"].get("rows_affected", 0)),
        )
        for result in json.loads(results.read_text("utf-8"))["results"]
    }
