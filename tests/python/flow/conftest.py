"""Databases into which the samples have flowed, and the command line beside them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from psycopg import sql

from flow.world import World
from projects import Project
from qios.server import connection

NAME = "built"  # as in the conftest above: another name makes dbt parse the project anew
IMPORTED = "imported_template"


@dataclass(frozen=True)
class Imported:
    """`qios ingest samples` on a fresh database: what it printed, and what it left there."""

    stdout: str
    stderr: str
    template: str
    content: dict[str, list[str]]


@contextmanager
def _database_of(template: str) -> Iterator[None]:
    copy = sql.SQL("create database {} template {} strategy file_copy")
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(NAME))
    with connection.connect("postgres", autocommit=True) as database:
        database.execute(copy.format(sql.Identifier(NAME), sql.Identifier(template)))
        try:
            yield
        finally:
            database.execute(drop)


@pytest.fixture(scope="session")
def first_import(
    built_template: tuple[Project, str], tmp_path_factory: pytest.TempPathFactory
) -> Imported:
    project, template = built_template
    world = World(project.root, tmp_path_factory.mktemp("first"))
    with pytest.MonkeyPatch.context() as patch, _database_of(template):
        patch.setenv("QIOS_PROJECT_DIR", str(project.root))
        patch.setenv("QIOS_PGDATABASE", NAME)
        ended = world.qios("ingest", world.samples, "--json")
        content = world.content()
        with connection.connect("postgres", autocommit=True) as database:
            names = (sql.Identifier(name) for name in (NAME, IMPORTED))
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
    monkeypatch.setenv("QIOS_PGDATABASE", NAME)
    with _database_of(first_import.template):
        yield World(project.root, tmp_path)
