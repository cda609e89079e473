"""Runs dbt under the one lock that keeps two builds of a checkout apart."""

import json
import subprocess
import sys
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


def run_dbt(*arguments: str) -> DbtRun:
    """Run dbt in the project; what it prints goes to stderr. Waits while another build runs."""
    root = paths.project_root()
    program = Path(sys.executable).with_name("dbt")
    if not program.exists():
        raise EnvironmentFault(f"there is no dbt beside {sys.executable}", "run `make setup`")
    results = root / "target" / "run_results.json"
    with exclusive(paths.state_dir() / BUILD_LOCK, "another build") as descriptor:
        results.unlink(missing_ok=True)
        ended = subprocess.run(
            [program, *arguments, "--profiles-dir", paths.profiles_dir(), "--project-dir", root],
            stdout=sys.stderr,
            check=False,
            pass_fds=[descriptor],  # a build that outlives a killed qios keeps its lock
        )
        nodes = _nodes(results) if results.exists() else {}
    return DbtRun(ended.returncode, nodes)


def _nodes(results: Path) -> dict[str, tuple[str, int]]:
    return {
        result["unique_id"].rsplit(".", 1)[-1]: (
            result["status"],
            int(result["adapter_response"].get("rows_affected", 0)),
        )
        for result in json.loads(results.read_text("utf-8"))["results"]
    }
