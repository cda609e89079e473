"""How to reach the database, and the one way to connect to it.

With QIOS_PGHOST set it is the server of that name (with QIOS_PGPORT, QIOS_PGUSER, QIOS_PGPASSWORD,
QIOS_PGDATABASE), otherwise the private one. profiles.example.yml says the same to dbt.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import psycopg

from qios.errors import EnvironmentFault
from qios.server import cluster
from qios.server.folders import locate

OLDEST_MAJOR = 16
DATABASE = "qios"


@dataclass(frozen=True)
class Settings:
    """The address of a database; `host` is a name, an address, or the folder of a socket."""

    host: str
    port: int
    user: str
    database: str
    external: bool
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"host {self.host}, port {self.port}, database {self.database}, user {self.user}"

    def url(self) -> str:
        """A URL for psql and libpq. It holds the password only where QIOS_PGPASSWORD gave one."""
        who = quote(self.user, safe="")
        if self.password:
            who += ":" + quote(self.password, safe="")
        # The host stands in the query: a socket's folder (or an IPv6 address) fits there as it is.
        query = urlencode({"host": self.host, "port": self.port}, quote_via=quote, safe="")
        return f"postgresql://{who}@/{quote(self.database, safe='')}?{query}"

    @property
    def cure(self) -> str:
        if self.external:
            return (
                "check that the server runs and that QIOS_PGHOST, QIOS_PGPORT, QIOS_PGUSER, "
                "QIOS_PGPASSWORD and QIOS_PGDATABASE are right"
            )
        return "`qios db prepare` starts the server and creates the database"


def settings() -> Settings:
    """The address that the environment names; asks no server."""
    host = os.environ.get("QIOS_PGHOST")
    port = os.environ.get("QIOS_PGPORT") or str(cluster.PORT)
    if not port.isdecimal():
        raise EnvironmentFault(f"QIOS_PGPORT is {port!r}, not a port number", "set it to a number")
    if not host and int(port) != cluster.PORT:
        raise EnvironmentFault(
            f"QIOS_PGPORT is {port}, but QIOS_PGHOST names no server",
            "set QIOS_PGHOST too, or unset QIOS_PGPORT to use the private server",
        )
    return Settings(
        host=host or str(locate().socket),
        port=int(port),
        user=os.environ.get("QIOS_PGUSER") or cluster.USER,
        database=os.environ.get("QIOS_PGDATABASE") or DATABASE,
        external=bool(host),
        password=os.environ.get("QIOS_PGPASSWORD", ""),
    )


def connect(database: str | None = None, *, autocommit: bool = False) -> psycopg.Connection:
    """A connection to the database of the settings, or to another `database` of that server.

    Raises EnvironmentFault when nobody answers there or the server is too old.
    """
    where = settings()
    try:
        connection = psycopg.connect(
            host=where.host,
            port=where.port,
            user=where.user,
            password=where.password or None,
            dbname=database or where.database,
            application_name="qios",
            connect_timeout=10,
            autocommit=autocommit,
        )
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise EnvironmentFault(f"no connection to {where}: {reason}", where.cure) from error
    major = connection.info.server_version // 10000
    if major < OLDEST_MAJOR:
        connection.close()
        raise EnvironmentFault(
            f"PostgreSQL {major} at {where} is too old",
            f"use PostgreSQL {OLDEST_MAJOR} or newer, or unset QIOS_PGHOST for the private server",
        )
    return connection


@contextmanager
def work_and_jobs() -> Iterator[tuple[psycopg.Connection, psycopg.Connection]]:
    """Two autocommit connections: one for a step's work, one that tells of the step meanwhile."""
    with connect(autocommit=True) as work, connect(autocommit=True) as jobs:
        yield work, jobs
