"""The command line at work on a project and on the test's database, and what it left there."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from psycopg.rows import dict_row

from qios.server import binaries, connection

COLUMNS = (
    *("Record Id", "Account Name.id", "Account Name", "First Name", "Last Name", "Title"),
    *("Email", "Phone", "Mobile", "Mailing Street", "Mailing City"),
)

JOURNAL = '"core"."audit_events"'
NEW_IN_EACH_RUN = {
    JOURNAL: ("id", "correlation_id"),
    '"qinexus"."normalized_values"': ("id",),
}
"""Table -> columns whose ids are made anew in each run."""

Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A project, a folder for exports, and the database that QIOS_PGDATABASE names."""

    project: Path
    folder: Path

    @property
    def samples(self) -> Path:
        return self.project / "samples"

    def start(self, *arguments: str | Path, **environment: str) -> subprocess.Popen:
        """Start `qios` in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "qios", *map(str, arguments)],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd=self.folder,
        )

    def qios(
        self, *arguments: str | Path, exit_code: int = 0, **environment: str
    ) -> subprocess.CompletedProcess:
        """Run `qios`, which has to end with the exit code."""
        running = self.start(*arguments, **environment)
        out, err = running.communicate()
        assert running.returncode == exit_code, f"{running.returncode}: {out}{err}"
        return subprocess.CompletedProcess(running.args, running.returncode, out, err)

    def json(self, *arguments: str | Path, exit_code: int = 0, **environment: str) -> Any:
        """The same with --json, which has to be all that stands on stdout."""
        return json.loads(
            self.qios(*arguments, "--json", exit_code=exit_code, **environment).stdout
        )

    def rows(self, statement: sql.Composable | str, *values: Any) -> list[Row]:
        """Run a statement; the rows, where it gives any."""
        with connection.connect(autocommit=True) as database:
            database.row_factory = dict_row
            ran = database.execute(statement, values or None)
            return [] if ran.description is None else ran.fetchall()

    def value(self, statement: sql.Composable | str, *values: Any) -> Any:
        """The only value that a statement gives."""
        (row,) = self.rows(statement, *values)
        (value,) = row.values()
        return value

    def wait_for(self, running: subprocess.Popen, statement: str) -> None:
        """Wait until the statement gives true, which the running command is to bring about."""
        while not self.value(statement):
            if running.poll() is not None:
                pytest.fail(f"ended before {statement}: {running.communicate()}")
            time.sleep(0.02)

    def export(
        self, name: str, contacts: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS
    ) -> Path:
        """Write an export of contacts; cells that a contact does not name are empty."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(columns), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(contacts)
        return path

    def dump(self, *options: str) -> str:
        """What `pg_dump` writes of the database, without its random session keys."""
        where = connection.settings()
        address = ["-h", where.host, "-p", str(where.port), "-U", where.user, where.database]
        text = subprocess.run(
            [str(binaries.program("pg_dump")), *options, *address],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        keys = ("\\restrict ", "\\unrestrict ")
        return "\n".join(line for line in text.split("\n") if not line.startswith(keys))

    def governed_tables(self) -> list[sql.Identifier]:
        """Every table but the seeds, with jobs left out: they tell of runs, not of data."""
        found = self.rows(
            """
            select schemaname, tablename from pg_catalog.pg_tables
            where schemaname not in ('pg_catalog', 'information_schema')
                and tablename not like 'seed%' and tablename <> 'ingestion_jobs'
            order by 1, 2
            """
        )
        return [sql.Identifier(row["schemaname"], row["tablename"]) for row in found]

    def count(self, table: str) -> int:
        """The number of rows of `schema.table`."""
        return self.value(sql.SQL("select count(*) from {}").format(identifier(table)))

    def content(self) -> dict[str, list[str]]:
        """Table -> its rows as sorted texts, without times and ids that are new in each run.

        Of the journal the decisions: a run that was killed and repeated has written in other
        statements, and tells of each.
        """
        content = {}
        with connection.connect(autocommit=True) as database:
            for table in self.governed_tables():
                name = table.as_string()
                told = "where write_operation is null" if name == JOURNAL else ""
                rows = database.execute(sql.SQL("select * from {} {}").format(table, sql.SQL(told)))
                kept = [
                    at
                    for at, column in enumerate(rows.description)
                    if column.type_display != "timestamptz"
                    and column.name not in NEW_IN_EACH_RUN.get(name, ())
                ]
                content[name] = sorted(repr([row[at] for at in kept]) for row in rows)
        return content

    def versions(self) -> dict[str, dict[str, str]]:
        """Table -> id -> the transaction that wrote the row last."""
        found = {}
        with connection.connect(autocommit=True) as database:
            for table in self.governed_tables():
                if table.as_string().startswith('"staging"'):
                    continue
                rows = database.execute(
                    sql.SQL("select id::text, xmin::text from {}").format(table)
                )
                found[table.as_string().replace('"', "")] = dict(rows.fetchall())
        return found


def contact(number: int, **cells: str) -> Row:
    """A contact whose id ends with the number."""
    return {"Record Id": f"zcrm_55140020000007{number:05d}", **cells}


def identifier(table: str) -> sql.Identifier:
    """`schema.table` as it stands in a statement."""
    return sql.Identifier(*table.split("."))
