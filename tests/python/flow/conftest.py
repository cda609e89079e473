"""Databases into which the samples have flowed, and the command line beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from psycopg import sql

from flow.world import World
from projects import Project
from qios.server import connection
from support import BUILT, built_from

IMPORTED = "imported_template"


@dataclass(frozen=True)
class Imported:
    """`qios ingest samples` on a fresh database: what it printed, and what it left there."""

    stdout: str
    stderr: str
    template: str
    content: dict[str, list[str]]


@pytest.fixture(scope="session")
def first_import(
    built_template: tuple[Project, str], tmp_path_factory: pytest.TempPathFactory
) -> Imported:
    project, template = built_template
    world = World(project.root, tmp_path_factory.mktemp("first"))
    with pytest.MonkeyPatch.context() as patch, built_from(template):
        patch.setenv("QIOS_PROJECT_DIR", str(project.root))
        ended = world.qios("ingest", world.samples, "--json")
        content = world.content()
        with connection.connect("postgres", autocommit=True) as database:
            names = (sql.Identifier(name) for name in (BUILT, IMPORTED))
            database.execute(sql.SQL("alter database {} rename to {}").format(*names))
    return Imported(ended.stdout, ended.stderr, IMPORTED, content)


@pytest.fixture
def world(
    built: connection.Settings,
    built_template: tuple[Project, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """A database as the first build leaves it."""
    project, _ = built_template
    monkeypatch.setenv("QIOS_PROJECT_DIR", str(project.root))
    return World(project.root, tmp_path)


@pytest.fixture
def imported(
    first_import: Imported,
    built_template: tuple[Project, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """A database into which the samples have flowed."""
    project, _ = built_template
    monkeypatch.setenv("QIOS_PROJECT_DIR", str(project.root))
    with built_from(first_import.template):
        yield World(project.root, tmp_path)
