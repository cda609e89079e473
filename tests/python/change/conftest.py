"""A copy of the registry in a git repository of its own."""

import shutil
from pathlib import Path

import pytest

from conftest import run_qios
from projects import Project, commit
from qios.paths import project_root


@pytest.fixture
def committed(tmp_path: Path) -> Project:
    """The registry as it is, committed as `HEAD`."""
    project = Project(tmp_path / "project", run_qios)
    for part in ("seeds", "macros/contracts"):
        shutil.copytree(project_root() / part, project.root / part)
    commit(project.root, "before")
    return project
