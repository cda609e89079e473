"""Make a server ready for `dbt build`: it runs, the database is there, dbt knows the way."""

import contextlib
import os
from pathlib import Path

import psycopg
from psycopg import sql

from qios import paths
from qios.errors import EnvironmentFault
from qios.server import cluster, connection
from qios.server.folders import locate

EXAMPLE = "profiles.example.yml"
PROFILE = "profiles.yml"
PLACEHOLDER = "/folder/of/the/private/socket"
OURS = f"# Written by `qios db prepare` from {EXAMPLE}: edit that one.\n"


def prepare() -> list[str]:
    """Do what is missing; say what was done, one line each. A second call does nothing."""
    where = connection.settings()
    done = []
    if not where.external and cluster.start():
        done.append(f"started the private server in {locate().home}")
    if create_database(where):
        done.append(f"created the database {where.database}")
    drop_empty_public()
    if write_profile():
        done.append(f"wrote {paths.profiles_dir() / PROFILE}")
    return done


def create_database(where: connection.Settings) -> bool:
    """Create the database of the settings. False when it was there already."""
    try:
        connection.connect().close()
        return False
    except EnvironmentFault as fault:
        # Over the wire a missing database is only a sentence, in the server's language.
        try:
            maintenance = connection.connect("postgres", autocommit=True)
        except EnvironmentFault:
            raise fault from None
    name = where.database
    with maintenance:
        if maintenance.execute("select from pg_database where datname = %s", [name]).fetchone():
            connection.connect().close()  # it is there: say again why it cannot be used
            return False
        statement = sql.SQL("create database {} encoding 'UTF8' template template0")
        try:
            maintenance.execute(statement.format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False  # another prepare was faster
        except psycopg.Error as error:
            raise EnvironmentFault(
                f"cannot create the database {name} at {where}: {error}",
                f"let its administrator create it with the encoding UTF8, owned by {where.user}",
            ) from error
    return True


def drop_empty_public() -> None:
    """PostgreSQL's own schema `public` is not registered; drop it unless something lives in it."""
    with (
        connection.connect(autocommit=True) as database,
        contextlib.suppress(
            psycopg.errors.DependentObjectsStillExist, psycopg.errors.InsufficientPrivilege
        ),
    ):
        database.execute("drop schema if exists public restrict")


def write_profile() -> bool:
    """Write profiles.yml for plain dbt. False when it stands already, or when a person wrote it."""
    target = paths.profiles_dir() / PROFILE
    wanted = OURS + (paths.project_root() / EXAMPLE).read_text("utf-8").replace(
        PLACEHOLDER, str(locate().socket)
    )
    found = target.read_text("utf-8") if target.exists() else OURS
    if not found.startswith(OURS) or found == wanted:
        return False
    _replace(target, wanted)
    return True


def _replace(target: Path, text: str) -> None:
    """All of it or nothing, also when two of us write at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    aside.write_text(text, "utf-8")
    aside.replace(target)
