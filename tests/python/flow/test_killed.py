"""Commands that decide something, killed at any moment: all of it holds afterwards, or nothing."""

import csv
import os
import random
import re
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from psycopg import sql

from flow.conftest import Imported
from flow.world import World
from projects import Project
from qios.server import connection
from support import BUILT, built_from

FILE = "zoho/Contacts_2026_10_01.csv"
PREPARED = "prepared_template"
SEED = secrets.randbelow(1000)
SHORT = 2.0
"""Seconds; what lasts longer is killed less often."""

# How many sessions there are, and how many of them have begun to write.
SESSIONS = """
    select count(*), count(backend_xid) from pg_stat_activity
    where datname = %s and backend_type = 'client backend'
"""
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

WORKS, WRITES = "works", "writes"
WHY = ("--why", "a test")
COMMANDS = {
    "undo": ("undo", "{batch}", *WHY),
    "import": ("review", "import", "{sheet}"),
    "merge": ("review", "merge", "{first}", "{second}", *WHY),
    "split": ("review", "split", "{merged}", *WHY),
    "correct": ("correct", "core.people", "{person}", "job_title=Chief", *WHY),
    "withdraw": ("correct", "core.people", "{corrected}", "--withdraw", *WHY),
    "forget": ("forget", "{second}", "--yes", *WHY),
    "capture": ("capture", "call the plumber"),
    "handoff": ("review", "approve", "{captured}", *WHY),
    "discard": ("handoff", "{captured}", "--discard", *WHY),
    "approve": ("review", "approve", "--all", *WHY),
    "reject": ("review", "reject", "--all", *WHY),
    "edit": ("review", "edit", "{item}", "description=Called twice.", *WHY),
    "assign": ("review", "assign", "--all", "--to", "ada"),
    "dismiss": ("review", "dismiss", "--all", *WHY),
    "promote": ("promote", "{plan}"),
}
FINISHED_BY = {"promote": ("promote",)}
"""A command -> what does the rest; the command itself where nothing is named."""

Content = dict[str, list[str]]
Named = dict[str, str]


@pytest.fixture(scope="module")
def prepared(
    first_import: Imported,
    built_template: tuple[Project, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[World, Named]]:
    """A database in which each command has something to do, as the template PREPARED; what the
    commands name."""
    project, _ = built_template
    world = World(project.root, tmp_path_factory.mktemp("killed"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QIOS_PROJECT_DIR", str(project.root))
        with built_from(first_import.template):
            named = prepare(world)
            with connection.connect("postgres", autocommit=True) as database:
                names = (sql.Identifier(name) for name in (BUILT, PREPARED))
                database.execute(sql.SQL("alter database {} rename to {}").format(*names))
        yield world, named
        with connection.connect("postgres", autocommit=True) as database:
            database.execute(sql.SQL("drop database {}").format(sql.Identifier(PREPARED)))


def prepare(world: World) -> Named:
    people = world.rows(
        "select id::text, entity_id::text from core.people"
        " where source_system = 'zoho_contacts' order by full_name, id limit 5"
    )
    first, second, survivor, merged, _ = (row["entity_id"] for row in people)
    world.qios("review", "merge", survivor, merged, *WHY)
    batch = world.value(
        "select import_batch_id::text from staging.notion_tasks_raw"
        " where review_status = 'promoted' limit 1"
    )
    with (world.samples / FILE).open(encoding="utf-8", newline="") as stream:
        contacts = list(csv.DictReader(stream))
    contacts[0] |= {"Title": "Director"}
    contacts += [
        dict.fromkeys(contacts[0], "")
        | {"Record Id": f"zcrm_{number}", "Last Name": f"New {number}", "Phone": "555"}
        for number in range(4)
    ]
    world.qios("register", world.export("second.csv", contacts, contacts[0]))
    guests = world.folder / "guests.csv"
    guests.write_text("Guest,Seat\nAmy,7\nBob,8\n", encoding="utf-8")
    world.qios("register", guests)
    world.qios("stage", exit_code=1)  # nobody claims the table of guests
    world.qios("correct", "core.people", people[4]["id"], "nickname=Al", *WHY)
    sheet = world.folder / "decisions.csv"
    world.qios("review", "export", sheet, "--reason", "problems")
    fill(sheet)
    plan = world.json("promote", "--plan")["plan"]
    captured = world.json("capture", "buy milk")["classification_queue_id"]
    named = {
        "captured": captured,
        "first": first,
        "second": second,
        "merged": merged,
        "person": people[0]["id"],
        "corrected": people[4]["id"],
        "item": world.json("review", "list", "--reason", "problems")["rows"][0]["item_id"],
    }
    return named | {"batch": batch, "sheet": str(sheet), "plan": plan}


def fill(sheet: Path) -> None:
    """Decide about all lines: of two in turn one is rejected and one passes, with a new title."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) >= 4
    for number, line in enumerate(lines):
        line |= {"decision": ("new", "reject")[number % 2], "reason": "a test"}
        line["cell: phone"] = "+1 212 555 0100"
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_is_done_or_not_begun(prepared: tuple[World, Named], name: str) -> None:
    world, named = prepared
    command = [part.format(**named) for part in COMMANDS[name]]
    moments = random.Random(f"{SEED} {name}")  # noqa: S311 no secret
    print(f"moments of seed {SEED}")  # shown where the test fails
    with built_from(PREPARED):
        before = world.content()
        known = {uuid for rows in before.values() for row in rows for uuid in UUID.findall(row)}
        with at_work(world, command) as running:
            lasts = {WORKS: 0.0, WRITES: 0.0}
            for stage in lasts:
                wait_for(stage, running)
                lasts[stage] = -time.monotonic()
            out, err = running.communicate()
            lasts = {stage: time.monotonic() + began for stage, began in lasts.items()}
            assert running.returncode == 0, out + err
        after = told(world.content(), known)
    assert after != before
    for stage in (WORKS, WRITES) * (3 if lasts[WORKS] < SHORT else 1):
        moment = moments.uniform(0, lasts[stage])
        with built_from(PREPARED):
            with at_work(world, command) as running:
                wait_for(stage, running)
                time.sleep(moment)
            found = told(world.content(), known)
            if found not in (before, after):
                world.qios(*FINISHED_BY.get(name, command))
                found = told(world.content(), known)
            assert found in (before, after), f"killed {moment:.3f} s after it {stage}"


@contextmanager
def at_work(world: World, command: Sequence[str]) -> Iterator[subprocess.Popen]:
    """A command, killed at the end with its children; the server has noticed by then."""
    running = world.start(*command)
    try:
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        with connection.connect("postgres", autocommit=True) as database:
            while database.execute(SESSIONS, [BUILT]).fetchone()[0]:
                time.sleep(0.001)


def wait_for(stage: str, running: subprocess.Popen) -> None:
    """Wait until the command works in the database, or writes there, or has ended."""
    with connection.connect("postgres", autocommit=True) as database:
        while running.poll() is None:
            works, writes = database.execute(SESSIONS, [BUILT]).fetchone()
            if writes or (works and stage == WORKS):
                return
            time.sleep(0.001)


def told(content: Content, known: set[str]) -> Content:
    """The rows with one name for all ids that were not known before: each run makes its own."""
    return {
        table: sorted(
            UUID.sub(lambda found: found[0] if found[0] in known else "new", row) for row in rows
        )
        for table, rows in content.items()
    }
