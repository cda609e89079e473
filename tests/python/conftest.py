"""A private server for the test session, and a fresh database for each test that asks for one."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql

from qios.server import cluster, connection, preparation
from support import temporary_home


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


@pytest.fixture
def qios() -> Callable[..., subprocess.CompletedProcess]:
    """Run the command `qios` as a person does; the environment of the test is passed on."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "qios", *arguments],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
