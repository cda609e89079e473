"""Runs dbt under the one lock that keeps two builds of a checkout apart."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qios import paths
from qios.errors import EnvironmentFault
from qios.locks import exclusive

BUILD_LOCK = "build.lock"


@contextmanager
def one_build() -> Iterator[int]:
    """Wait while another build runs; yields the descriptor of the lock, for run_dbt()."""
    with exclusive(paths.state_dir() / BUILD_LOCK, "another build") as descriptor:
        yield descriptor


def run_dbt(*arguments: str, lock: int, **environment: str) -> int:
    """Run dbt in the project: its exit code. What it prints goes to stderr.

    lock: what one_build() yields. environment: variables for dbt, beside those of this process.
    """
    root = paths.project_root()
    program = Path(sys.executable).with_name("dbt")
    if not program.exists():
        raise EnvironmentFault(f"there is no dbt beside {sys.executable}", "run `make setup`")
    ended = subprocess.run(
        [program, *arguments, "--profiles-dir", paths.profiles_dir(), "--project-dir", root],
        stdout=sys.stderr,
        check=False,
        env=os.environ | environment,
        pass_fds=[lock],  # a build that outlives a killed qios keeps its lock
    )
    return ended.returncode
