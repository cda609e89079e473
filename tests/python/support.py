"""What several tests need and no fixture gives."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg import sql

from qios.server import cluster, connection
from qios.server.folders import locate

# One name for all: dbt parses a project anew when the name of its database changes.
BUILT = "built"


@contextmanager
def temporary_home(name: str = "state") -> Iterator[Path]:
    """A QIOS_HOME of its own, with the server of it stopped and removed at the end.

    Not pytest's tmp_path: that is 0700 (root's tests run the server as another account) and too
    long for the path of a socket.
    """
    above = Path(tempfile.mkdtemp(prefix="qios-", dir="/tmp"))
    above.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        for variable in [v for v in os.environ if v.startswith(("QIOS_PG", "PG"))]:
            patch.delenv(variable)
        patch.setenv("QIOS_HOME", str(above / name))
        patch.setenv("DBT_PROFILES_DIR", str(above / name))
        try:
            yield above / name
        finally:
            cluster.stop()
            shutil.rmtree(locate().socket, ignore_errors=True)
            shutil.rmtree(above)


@contextmanager
def built_from(template: str) -> Iterator[connection.Settings]:
    """The database BUILT as a copy of another one; QIOS_PGDATABASE names it meanwhile."""
    copy = sql.SQL("create database {} template {} strategy file_copy")
    drop = sql.SQL("drop database if exists {} with (force)")
    with (
        pytest.MonkeyPatch.context() as patch,
        connection.connect("postgres", autocommit=True) as database,
    ):
        database.execute(copy.format(sql.Identifier(BUILT), sql.Identifier(template)))
        patch.setenv("QIOS_PGDATABASE", BUILT)
        try:
            yield connection.settings()
        finally:
            database.execute(drop.format(sql.Identifier(BUILT)))
