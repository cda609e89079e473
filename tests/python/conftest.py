"""A private server for the test session, and a fresh database for each test that asks for one."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg import sql

from projects import Project, copy_project
from qios.paths import project_root
from qios.server import cluster, connection, preparation
from support import BUILT, built_from, temporary_home

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("qios", deadline=None)
hypothesis.settings.load_profile("qios")


@pytest.fixture(scope="session")
def server() -> Iterator[connection.Settings]:
    """The session's server: running, with QIOS_HOME pointing at it, and careless for speed."""
    with temporary_home():
        cluster.start()
        with connection.connect("postgres", autocommit=True) as database:
            database.execute("alter system set fsync = off")
            database.execute("select pg_reload_conf()")
        preparation.write_profile()
        yield connection.settings()


@pytest.fixture
def create_database(
    server: connection.Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., connection.Settings]]:
    """Call it, with the name of a template or without, for a database that lives for one test.

    The database becomes the one that QIOS_PGDATABASE, and so every part of QiOS and dbt, names.
    """
    made = []

    def create(template: str = "template0") -> connection.Settings:
        made.append(f"test_{secrets.token_hex(6)}")
        statement = sql.SQL("create database {} template {}").format(
            sql.Identifier(made[-1]), sql.Identifier(template)
        )
        with connection.connect("postgres", autocommit=True) as database:
            database.execute(statement)
        monkeypatch.setenv("QIOS_PGDATABASE", made[-1])
        preparation.drop_empty_public()
        return connection.settings()

    yield create
    with connection.connect("postgres", autocommit=True) as database:
        for name in made:
            statement = sql.SQL("drop database {} with (force)")
            database.execute(statement.format(sql.Identifier(name)))


@pytest.fixture
def database(create_database: Callable[..., connection.Settings]) -> connection.Settings:
    """A fresh, empty database; QIOS_PGDATABASE names it."""
    return create_database()


@pytest.fixture
def connected(database: connection.Settings) -> Iterator[psycopg.Connection]:
    """An autocommit connection to the fresh database."""
    with connection.connect(autocommit=True) as opened:
        yield opened


def run_qios(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "qios", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def qios() -> Callable[..., subprocess.CompletedProcess]:
    """Run the command `qios` as a person does; the environment of the test is passed on."""
    return run_qios


@pytest.fixture(scope="session")
def built_template(
    server: connection.Settings, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Project, str]:
    """The project as `qios build` leaves it after a first build: its folder, and its database."""
    project = Project(tmp_path_factory.mktemp("built") / "project", run_qios)
    copy_project(project_root(), project.root)
    template = f"{BUILT}_template"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QIOS_PGDATABASE", BUILT)
        preparation.create_database(connection.settings())
        preparation.drop_empty_public()
        ended = project.build()
        with connection.connect(autocommit=True) as database:
            database.execute("vacuum analyze")
    assert ended.exit_code == 0, ended.text
    with connection.connect("postgres", autocommit=True) as database:
        database.execute(f"alter database {BUILT} rename to {template}")
    return project, template


@pytest.fixture
def built(built_template: tuple[Project, str]) -> Iterator[connection.Settings]:
    """A database as the first build leaves it, which QIOS_PGDATABASE names."""
    _, template = built_template
    with built_from(template) as settings:
        yield settings


@pytest.fixture
def project_copy(
    built_template: tuple[Project, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A copy of the built project in a folder of its own, which QIOS_PROJECT_DIR names."""
    original, _ = built_template
    copy = Project(tmp_path / "project", run_qios)
    copy_project(original.root, copy.root)
    monkeypatch.setenv("QIOS_PROJECT_DIR", str(copy.root))
    monkeypatch.setenv("QIOS_PGDATABASE", BUILT)
    return copy
