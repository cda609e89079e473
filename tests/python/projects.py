"""A copy of the project that a test may break, and the command line at work on it."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from qios.server import connection

PARTS = (
    *("dbt_project.yml", "models", "seeds", "macros", "tests/dbt", "docs", "profiles.example.yml"),
    *("samples", "target/partial_parse.msgpack"),
)
REGISTRY_PARTS = 7
# A finding begins its line, at most behind dbt's clock: `R0201 docker: the schema is …`.
FINDING = re.compile(r"^(?:\d\d:\d\d:\d\d\s+|qios: |\s+)?(R\d{4}) (.+?): ", re.MULTILINE)
# Nothing of a test's dbt is read but its messages; debug logs and manifests cost a second each.
QUICK = {"DBT_LOG_LEVEL_FILE": "none", "DBT_WRITE_JSON": "false", "DBT_USE_COLORS": "false"}

Row = dict[str, str]


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, all that it printed, and the findings in that."""

    exit_code: int
    text: str

    @property
    def findings(self) -> set[tuple[str, str]]:
        """(rule code, object)"""
        return set(FINDING.findall(self.text))


@dataclass(frozen=True)
class Project:
    """A project folder, and the command that works on it and on the test's database."""

    root: Path
    command: Callable[..., subprocess.CompletedProcess]

    def qios(self, *arguments: str) -> Ended:
        answer = self.command(*arguments, QIOS_PROJECT_DIR=str(self.root), **QUICK)
        return Ended(answer.returncode, answer.stdout + answer.stderr)

    def derive(self) -> None:
        """`qios contracts`, which has to find nothing."""
        ended = self.qios("contracts")
        assert ended.exit_code == 0, ended.text

    def build(self, *select: str, **variables: bool) -> Ended:
        """`qios build` of everything, or of these nodes without any tests."""
        chosen = ("--select", *select, "--exclude", "tag:governance", "test_type:unit")
        given = ("--vars", json.dumps(variables))
        return self.qios("build", *(chosen if select else ()), *(given if variables else ()))

    def sql(self, statement: str | sql.Composable, *values: Any) -> list[tuple]:
        """Run a statement in the test's database; the rows, if it gives any."""
        with connection.connect(autocommit=True) as database:
            ran = database.execute(statement, values or None)
            return ran.fetchall() if ran.description else []

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace the one place of a file where `old` stands."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    @contextmanager
    def seed(self, name: str) -> Iterator[list[Row]]:
        """The rows of a seed, `qieos.fields`, to be changed; written back at the end."""
        schema, table = name.split(".")
        path = f"seeds/{schema}/{schema}__seed_{table}.csv"
        with (self.root / path).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
        yield rows
        text = io.StringIO()
        writer = csv.DictWriter(text, reader.fieldnames, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.write(path, text.getvalue())

    def add_row(self, name: str, **cells: str) -> None:
        with self.seed(name) as rows:
            rows.append(cells)

    def change_row(self, name: str, key: Row, **cells: str) -> None:
        """Change cells of the one row of a seed that has these key cells."""
        with self.seed(name) as rows:
            (row,) = (row for row in rows if key.items() <= row.items())
            row |= cells

    def drop_rows(self, name: str, **key: str) -> None:
        with self.seed(name) as rows:
            kept = [row for row in rows if not key.items() <= row.items()]
            assert len(kept) < len(rows), f"{name} has no row {key}"
            rows[:] = kept

    def add_table(self, full_name: str, *fields: str, **cells: str) -> None:
        """Register a table with columns named after registered fields, and give it its model."""
        self.register_table(full_name, *fields, **cells)
        schema, table = full_name.split(".")
        folder = "models/staging/landing" if schema == "staging" else f"models/canonical/{schema}"
        self.write(f"{folder}/{schema}__{table}.sql", "{{ declared_table() }}\n")

    def register_table(self, full_name: str, *fields: str, **cells: str) -> None:
        schema, table = full_name.split(".")
        given = {
            "relation_type": "table",
            "purpose": f"The {table} of a test.",
            "owner": schema,
            "status": "active",
            "sensitivity_level": "restricted",
            "source_of_truth_policy": "staging" if schema == "staging" else "canonical",
            "written_by": "scripts",
        }
        named = {"schema_name": schema, "table_name": table}
        self.add_row("qieos.tables", **named, **given | cells)
        for field in fields:
            self.add_column(f"{full_name}.{field}", field)

    def add_column(self, full_name: str, field_key: str, **cells: str) -> None:
        """Register a column, `schema.table.column`."""
        schema, table, column = full_name.split(".")
        named = {"schema_name": schema, "table_name": table, "column_name": column}
        self.add_row("qieos.field_usages", **named, field_key=field_key, **cells)


def copy_project(source: Path, target: Path, *, built: bool = True) -> None:
    """Copy what a project is made of; what dbt and the tests add only where it is to be built."""
    for part in PARTS if built else PARTS[:REGISTRY_PARTS]:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part)
        elif (source / part).exists():
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / part, target / part)


def commit(root: Path, message: str, *arguments: str) -> None:
    """Commit everything in the folder, to a repository that it gets where it has none."""
    named = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    for command in (("init",), ("add", "--all"), ("commit", f"--message={message}", *arguments)):
        git = ["git", *named, *command]
        subprocess.run(git, cwd=root, check=True, capture_output=True)
