"""Speed as ratios taken in one run, against the plainest thing that does the same job.

    .venv/bin/python scripts/bench.py [build] [stage] [add] [register] [workbook] [--rows N]

build  a build in which nothing changed / a bare dbt project with one empty model per governed table
stage  `qios stage` of a CSV / psql's \\copy of the same file into text columns; and peak memory
add    1,000 new rows into a database that holds N promoted ones / into an empty one
register  `qios register` of 20,000 files of 0.5 to 32 KB / sha256sum over them
workbook  `qios stage` of an XLSX of 100,000 rows / reading it with the library that it is read with

Uses a private server and state folder of its own and removes them at the end.
"""

import argparse
import csv
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PARTS = ("build", "stage", "add", "register", "workbook")
ROUNDS = 3
NEW_ROWS = 1000
HEADINGS = (
    *("Record Id", "Contact Owner", "First Name", "Last Name", "Account Name.id", "Account Name"),
    *("Email", "Title", "Phone", "Mobile", "Mailing Street", "Mailing City", "Mailing State"),
    *("Mailing Zip", "Description"),
)


@dataclass(frozen=True)
class Timing:
    """Seconds of wall time, and the peak resident memory of the largest process in MB."""

    seconds: float
    peak_mb: float


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> Timing:
    """Run a command to its end; what it prints is shown only where it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=os.environ | environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))}\n{said.read()[-4000:]}")
    return Timing(seconds, usage.ru_maxrss / 1024)


def qios(*arguments: str | Path, database: str = "qios") -> Timing:
    return run(BIN / "qios", *arguments, QIOS_PGDATABASE=database)


def psql(statement: str, database: str = "postgres") -> Timing:
    return run(BIN / "qios", "db", "psql", "-q", "-c", statement, QIOS_PGDATABASE=database)


def fresh_database(name: str, template: str = "built") -> str:
    psql(f"drop database if exists {name}")
    psql(f"create database {name} template {template}")
    return name


def write_contacts(path: Path, rows: int, first: int = 0) -> Path:
    """Made-up contacts in 15 columns of the Zoho CRM export, some 200 bytes a row."""
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADINGS)
        for n in range(first, first + rows):
            writer.writerow(
                (
                    *(f"zcrm_{5514002000000000000 + n}", "Robin Ashby", f"First{n % 9973}"),
                    *(f"Last{n}", f"zcrm_{5514002000300000000 + n % 5000}", f"Company {n % 5000}"),
                    *(
                        f"user{n}@example.com",
                        "Manager",
                        f"614-{200 + n // 10000 % 700}-{n % 10000:04}",
                    ),
                    *("", f"{n % 999} Main St", "Columbus", "OH", f"{43000 + n % 999}"),
                    f"Said: call after five, number {n}",
                )
            )
    return path


def bench_build(folder: Path) -> None:
    bare = folder / "bare"
    (bare / "models").mkdir(parents=True)
    (bare / "dbt_project.yml").write_text(
        "name: bare\nversion: 1.0.0\nprofile: qios\n"
        "models: {bare: {+materialized: incremental}}\n"
        "flags: {send_anonymous_usage_stats: false}\n"
    )
    with (ROOT / "seeds/qieos/qieos__seed_tables.csv").open(newline="") as stream:
        rows = csv.DictReader(stream)
        governed = sum(r["relation_type"] == "table" and not r["deprecated_at"] for r in rows)
    for n in range(governed):
        (bare / "models" / f"m{n}.sql").write_text("select 1 as id where false\n")
    psql("create database bare")
    dbt = (BIN / "dbt", "--quiet", "build", "--profiles-dir", os.environ["QIOS_HOME"])

    def ours() -> Timing:
        return run(*dbt, "--project-dir", ROOT, QIOS_PGDATABASE="built")

    def theirs() -> Timing:
        return run(*dbt, cwd=bare, QIOS_PGDATABASE="bare")

    ours(), theirs()  # the first run of each parses and creates
    compare(f"no-op build of everything / {governed} empty models", ours, theirs, 2.0)


def bench_stage(folder: Path, rows: int) -> None:
    path = write_contacts(folder / "contacts.csv", rows)
    columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
    peaks = []

    def ours() -> Timing:
        name = fresh_database("staging_bench")
        qios("register", path, database=name)
        timing = qios("stage", database=name)
        peaks.append(timing.peak_mb)
        return timing

    def theirs() -> Timing:
        psql("drop database if exists copied")
        psql("create database copied template template0")
        psql(f"create schema s create table copied ({columns})", "copied")
        return psql(f"\\copy s.copied from '{path}' csv header", "copied")

    compare(f"stage {rows:,} rows of 15 columns / \\copy", ours, theirs, 4.0)
    print(f"  peak memory {max(peaks):.0f} MB (limit 250)")


def bench_add(folder: Path, rows: int) -> None:
    history = write_contacts(folder / "history.csv", rows)
    fresh_database("behind")
    took = qios("ingest", history, database="behind")
    psql("vacuum analyze", "behind")
    print(f"  promoting the {rows:,} rows of the history took {took.seconds:.0f} s")
    number = iter(range(1_000_000))

    def into(name: str) -> Timing:
        first = 2 * rows + NEW_ROWS * next(number)
        return qios(
            "ingest", write_contacts(folder / f"new_{first}.csv", NEW_ROWS, first), database=name
        )

    compare(
        f"ingest {NEW_ROWS:,} rows behind {rows:,} / into an empty database",
        lambda: into("behind"),
        lambda: into(fresh_database("empty")),
        1.5,
    )


def bench_register(folder: Path, files: int = 20_000) -> None:
    chance = random.Random(1)  # noqa: S311 - nothing secret
    for n in range(files):
        path = folder / "small" / f"{n // 500:03}" / f"note_{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.choice((500, 2_000, 8_000, 32_000))))

    def ours() -> Timing:
        return qios("register", folder / "small", database=fresh_database("registering_bench"))

    def theirs() -> Timing:
        return run("sh", "-c", f"find '{folder}/small' -type f -print0 | xargs -0 sha256sum")

    compare(f"register {files:,} small files / sha256sum", ours, theirs, 2.0)


def bench_workbook(folder: Path, rows: int = 100_000) -> None:
    path = write_workbook(folder / "contacts.xlsx", rows)
    read = (
        "import python_calamine, sys;"
        "book = python_calamine.CalamineWorkbook.from_path(sys.argv[1]);"
        "sum(1 for row in book.get_sheet_by_index(0).iter_rows())"
    )

    def ours() -> Timing:
        name = fresh_database("staging_bench")
        qios("register", path, database=name)
        return qios("stage", database=name)

    def theirs() -> Timing:
        return run(sys.executable, "-c", read, path)

    compare(f"stage an XLSX of {rows:,} rows / reading it with calamine", ours, theirs, 3.0)


def write_workbook(path: Path, rows: int) -> Path:
    """The made-up contacts as a workbook; every cell a text of its own, as many tools write it."""
    table = write_contacts(path.with_suffix(".csv"), rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet, table.open(newline="") as stream:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for number, row in enumerate(csv.reader(stream), 1):
                cells = "".join(
                    f'<c r="{chr(65 + at)}{number}" t="inlineStr">'
                    f"<is><t>{escape(cell)}</t></is></c>"
                    for at, cell in enumerate(row)
                )
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
    return path


def compare(what: str, ours, theirs, limit: float) -> None:
    """Take turns, so that a slow moment of the machine hits both; print medians and their ratio."""
    pairs = [(ours().seconds, theirs().seconds) for _ in range(ROUNDS)]
    mine, other = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    print(f"{what}: {mine:.1f} s / {other:.1f} s = {mine / other:.2f} (limit {limit})", flush=True)


@contextmanager
def private_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="qios-bench-", dir="/tmp"))
    folder.chmod(0o755)
    for name in [n for n in os.environ if n.startswith(("QIOS_PG", "PG"))]:
        del os.environ[name]
    os.environ["QIOS_HOME"] = str(folder / "home")
    try:
        qios("db", "prepare")
        psql("create database built template template0")
        run(BIN / "qios", "build", QIOS_PGDATABASE="built")
        yield folder
    finally:
        run(BIN / "qios", "db", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    parser.add_argument("--rows", type=int, default=1_000_000)
    wanted = parser.parse_args()
    parts = wanted.parts or PARTS
    with private_home() as folder:
        if "build" in parts:
            bench_build(folder)
        if "stage" in parts:
            bench_stage(folder, wanted.rows)
        if "add" in parts:
            bench_add(folder, wanted.rows)
        if "register" in parts:
            bench_register(folder)
        if "workbook" in parts:
            bench_workbook(folder)


if __name__ == "__main__":
    main()
