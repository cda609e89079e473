"""`qios review`: what waits, who decided what about it, and why."""

import csv
import os
import pty
import random
import signal
import subprocess
import sys
import termios
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest
from psycopg import sql

from flow.world import Row, World, contact, identifier
from projects import Project
from qios.intake.sources import Source
from qios.review.edit import edit
from qios.review.items import one_item
from qios.review.validate import validate
from qios.server import connection
from qios.validation.judge import Judge, Judged

CONTACTS = [
    contact(1, **{"Last Name": "Fine", "Email": "fine@example.com"}),
    contact(2, **{"Last Name": "Short Number", "Phone": "555"}),
    contact(3, **{"Last Name": "No Address", "Email": "call me"}),
    contact(4, **{"First Name": "Nameless"}),
    {"Last Name": "No Id", "Email": "noid@example.com"},
]
PROBLEMS = {
    2: ["invalid_phone:phone"],
    3: ["invalid_email:email"],
    4: ["missing_value:family_name"],
    5: ["missing_value:external_id"],
}


@pytest.fixture
def batch(world: World) -> str:
    """The id of a staged batch with CONTACTS."""
    path = world.export("contacts.csv", CONTACTS)
    world.qios("register", path)
    (file,) = world.json("stage")["files"]
    return file["batch_id"]


def numbers(world: World, *arguments: str) -> list[int]:
    return [row["row_number"] for row in world.json("review", "list", *arguments)["rows"]]


def of_row(world: World, number: int) -> Row:
    (row,) = world.rows(
        """
        select review_status, reviewed_by, reviewed_at, review_reason
        from staging.zoho_contacts_raw where row_number = %s
        """,
        number,
    )
    return row


def test_the_list_says_what_waits_and_why(world: World, batch: str) -> None:
    summary = world.json("review", "list")
    assert summary["counts"] == {"pending": 1, "needs_review": 4}
    assert summary["waiting"] == {"problems": 4}
    listed = {row["row_number"]: row for row in summary["rows"]}
    # What the policy is about to approve waits for nobody.
    assert {number: row["problem_codes"] for number, row in listed.items()} == PROBLEMS
    assert {row["import_batch_id"] for row in listed.values()} == {batch}
    assert listed[2]["path"] == str(world.folder / "contacts.csv")
    assert {
        name: listed[2][name]
        for name in ("display_name", "waiting_reason", "proposed_action", "target", "target_id")
    } == {
        "display_name": "Short Number",
        "waiting_reason": "problems",
        "proposed_action": "new",
        "target": "core.people",
        "target_id": None,
    }

    assert numbers(world, "--batch", batch[:8]) == [2, 3, 4, 5]
    assert numbers(world, "--batch", "00000000") == []
    assert numbers(world, "--rows", "2,4-9") == [2, 4, 5]
    assert numbers(world, "--problem", "missing_value") == [4, 5]
    assert numbers(world, "--problem", "missing_value:family_name") == [4]
    assert numbers(world, "--reason", "policy") == []
    assert numbers(world, listed[3]["item_id"][:8], listed[5]["item_id"]) == [3, 5]
    assert numbers(world, "--status", "pending", "--status", "promoted") == [1]
    assert numbers(world, "--source", "zoho_contacts", "--limit", "2") == [2, 3]
    text = world.qios("review", "list").stdout
    assert batch[:8] in text
    assert "invalid_phone:phone" in text
    assert "new core.people" in text

    # Validated again, nothing of the queue moves; assigned, items are found by the person.
    before = world.rows("select * from qiaccess.classification_queue order by id")
    world.qios("validate", "--batch", batch[:8])
    assert world.rows("select * from qiaccess.classification_queue order by id") == before
    assert world.json("review", "assign", "--to", "ben", "--rows", "4-5")["assigned"] == 2
    assert numbers(world, "--assignee", "ben") == [4, 5]
    assert world.json("review", "assign", listed[5]["item_id"][:8], "--to", "")["assigned"] == 1
    assert numbers(world, "--assignee", "ben") == [4]
    assert world.json("status")["waiting"] == [{"reason": "problems", "items": 4, "assigned": 1}]

    # A later word of the same record takes the question back, and asks its own.
    path = world.export("later.csv", [contact(3, **{"Last Name": "No Address", "Email": "a @ b"})])
    world.qios("register", path)
    world.qios("stage")
    (row,) = world.json("review", "list", "--problem", "invalid_email")["rows"]
    assert row["path"] == str(path)
    assert world.rows(
        """
        select status, count(*)::int as items from qiaccess.classification_queue
        group by 1 order by 1
        """
    ) == [
        {"status": "assigned", "items": 1},
        {"status": "waiting", "items": 3},
        {"status": "withdrawn", "items": 1},
    ]


def test_decisions_are_written_down_and_bind(world: World, batch: str) -> None:
    why = ("--why", "it is an extension")
    approved = world.json("review", "approve", "--problem", "invalid_phone", *why, QIOS_USER="ana")
    assert approved == {
        "changed": 1,
        "unchanged": 0,
        "refused": 0,
        "unanswered": 0,
        "told": [],
        "exit_code": 0,
    }
    row = of_row(world, 2)
    assert row.pop("reviewed_at") is not None
    assert row == {
        "review_status": "approved",
        "reviewed_by": "ana",
        "review_reason": "it is an extension",
    }
    world.qios("review", "reject", "--batch", batch, "--rows", "3-4", "--why", "no contacts")
    assert of_row(world, 3)["review_status"] == "rejected"
    events = world.rows(
        """
        select actor, action, target_schema || '.' || target_table as target, row_count, reason,
            import_batch_id::text
        from core.audit_events where target_schema = 'staging' order by occurred_at
        """
    )
    decided = world.rows(
        """
        select row_number, status, decision, decided_by, decision_reason
        from qiaccess.classification_queue where decided_at is not null order by 1
        """
    )
    assert [list(item.values()) for item in decided[:2]] == [
        [2, "decided", "new", "ana", "it is an extension"],
        [3, "decided", "reject", events[2]["actor"], "no contacts"],
    ]
    policy, landing = "policy auto_when_valid", "staging.zoho_contacts_raw"
    assert [list(event.values()) for event in events] == [
        [policy, "review_needs_review", landing, 4, "has problems", batch],
        ["ana", "review_approved", landing, 1, "it is an extension", batch],
        [events[2]["actor"], "review_rejected", landing, 2, "no contacts", batch],
    ]

    promoted = world.json("promote")
    assert (promoted["promoted"], promoted["approved_by_policy"]) == (2, 1)
    assert promoted["waiting_for_review"] == 1
    assert of_row(world, 1)["review_reason"] == "every value could be read"
    kept = world.rows("select value, raw_value from core.identifiers where label = 'phone'")
    assert kept == [{"value": "555", "raw_value": "555"}]
    names = world.rows("select full_name from core.people order by 1")
    assert [row["full_name"] for row in names] == ["Fine", "Short Number"]
    status = "select status from qinexus.import_batches"
    assert world.value(status) == "partially_promoted"

    # What is promoted is not rejected, nor what is rejected approved; nothing of them moves.
    before = [of_row(world, number) for number in range(1, 6)]
    for decision, rows in (("reject", "1,2"), ("approve", "3")):
        said = world.qios("review", decision, "--batch", batch, "--rows", rows, exit_code=1)
        assert "cannot become" in said.stdout
    assert [of_row(world, number) for number in range(1, 6)] == before
    by_policy = "select row_count from core.audit_events where actor = %s and action = %s"
    assert world.value(by_policy, policy, "review_approved") == 1
    decisions = "select count(*) from core.audit_events where target_schema = 'staging'"
    assert world.value(decisions) == 4

    # A row without an id of its source is kept apart by its content.
    world.qios("review", "approve", "--all")
    world.qios("promote")
    assert world.value(status) == "promoted"
    assert world.value("select count(*) from core.people where full_name = 'No Id'") == 1


def test_a_row_number_without_a_batch_means_one_row(world: World, batch: str) -> None:
    """With a second batch that has such a row, it could be either's."""
    assert world.json("review", "reject", "--rows", "2")["changed"] == 1
    path = world.export("second.csv", [contact(8, **{"Last Name": "Other"})])
    world.qios("register", path)
    world.qios("stage")
    assert "--batch" in world.qios("review", "reject", "--rows", "1", exit_code=2).stderr
    assert world.json("review", "reject", "--batch", batch, "--rows", "1")["changed"] == 1
    assert world.json("review", "reject", "--rows", "1")["changed"] == 1


def test_under_the_policy_manual_every_row_waits_for_a_person(
    world: World, project_copy: Project
) -> None:
    project_copy.change_row(
        "qinexus.sources", {"source_key": "zoho_contacts"}, review_policy="manual"
    )
    project_copy.derive()
    path = world.export("contacts.csv", CONTACTS[:1])
    summary = world.json("ingest", path)["promote"]
    assert (summary["promoted"], summary["waiting_for_review"]) == (0, 1)
    assert of_row(world, 1)["review_status"] == "pending"
    assert world.count("core.people") == 0
    world.qios("review", "approve", "--source", "zoho_contacts")
    assert world.json("promote")["promoted"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("approve",), "no rows are named"),
        (("approve", "--batch", "12345678", "--rows", "first"), "3,5-9"),
        (("approve", "--batch", "1"), "is not a batch id"),
        (("list", "--source", "notes"), "choose one of google_contacts"),
        (("list", "--status", "waiting"), "choose one of pending, needs_review"),
        (("list", "--reason", "waiting"), "choose one of problems, duplicate_candidate"),
        (("show", "12345678"), "no item of the queue"),
        (("edit", "12345678", "email"), "write column=value"),
        (("approve", "--all", "--as-new", "--as-match"), "contradict"),
    ],
)
def test_a_selection_that_means_nothing_is_refused(
    world: World, arguments: tuple[str, ...], message: str
) -> None:
    assert message in world.qios("review", *arguments, exit_code=2).stderr


def test_many_rows_are_validated_in_time_where_the_planner_expects_none(imported: World) -> None:
    """After an import the statistics are those of before: all rows promoted, none waiting."""
    imported.rows("alter table staging.zoho_contacts_raw set (autovacuum_enabled = false)")
    imported.rows("analyze staging.zoho_contacts_raw")
    many = (contact(n, **{"Last Name": "Many", "Phone": str(n)}) for n in range(1, 4001))
    imported.qios("register", imported.export("many.csv", many))
    imported.qios("stage")
    in_time = {"PGOPTIONS": "-c statement_timeout=30s"}
    waiting = imported.json("review", "list", "--limit", "1", **in_time)["counts"]
    assert sum(waiting.values()) == 4000
    decided = imported.json("review", "reject", "--problem", "invalid_phone", **in_time)
    assert decided["changed"] == waiting["needs_review"]


def items(world: World, *arguments: str) -> dict[int, str]:
    """Row number -> id of its item."""
    listed = world.json("review", "list", *arguments)["rows"]
    return {row["row_number"]: row["item_id"] for row in listed}


def test_a_row_is_edited_before_it_is_approved(world: World, batch: str) -> None:
    """The file's own words stay; what is read, validated and promoted are the person's."""
    item = items(world)[3]
    text = world.qios("review", "show", item[:8]).stdout
    assert "cannot be read: invalid_email" in text
    assert "call me" in text
    why = ("--why", "she wrote")
    edited = world.json("review", "edit", item, "email=Call@Example.com", *why, QIOS_USER="ana")
    assert (edited["before"], edited["after"]) == (
        {"email": "call me"},
        {"email": "Call@Example.com"},
    )
    (shown,) = [cell for cell in edited["cells"] if cell["column"] == "email"]
    assert (shown["raw"], shown["said"], shown["value"], shown["problem"]) == (
        "call me",
        "Call@Example.com",
        "call@example.com",
        None,
    )
    assert edited["item"]["problem_codes"] == []
    assert [(e["by"], e["why"], e["after"]) for e in edited["edits"]] == [
        ("ana", "she wrote", {"email": "Call@Example.com"})
    ]
    row = "select raw_payload ->> 'Email' from staging.zoho_contacts_raw where row_number = 3"
    assert world.value(row) == "call me"

    # What cannot be edited: a column the source has not, what is secret, what is decided.
    assert "has no column" in world.qios("review", "edit", item, "mood=good", exit_code=2).stderr
    secret = "AKIA" + "ABCDEFGHIJKLMNOP"
    world.qios("review", "edit", item, f"job_title={secret}")
    assert secret not in world.dump("--data-only")
    world.qios("review", "approve", item[:8])
    said = world.qios("review", "edit", item, "email=x@example.com", exit_code=1).stderr
    assert "decided already" in said
    world.qios("promote")
    assert world.value(
        "select value from core.identifiers where label = 'email' and value like 'call%%'"
    ) == ("call@example.com")


def test_an_edit_during_a_validation_is_validated_too(
    world: World, batch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was judged before the edit says nothing of it."""
    item = items(world)[3]

    def judged_then_edited(
        judge: Judge, source: Source, batches: Sequence[uuid.UUID]
    ) -> dict[uuid.UUID, list[Judged]]:
        outcome = judging_itself(judge, source, batches)
        with connection.connect(autocommit=True) as other:
            edit(other, one_item(other, item), {"email": "call@example.com"}, None)
        return outcome

    judging_itself = Judge.__call__
    with connection.work_and_jobs() as (database, jobs), monkeypatch.context() as patch:
        patch.setattr(Judge, "__call__", judged_then_edited)
        validate(database, jobs, batch)
    waits = "select validated_at is null from qinexus.import_batches where id = %s"
    assert world.value(waits, batch)
    assert world.json("review", "show", item)["item"]["problem_codes"] == []


def test_a_duplicate_is_approved_as_new_or_as_match(world: World, batch: str) -> None:
    """Both sides stand next to each other, and what is decided holds for the pair."""
    candidate = "00000000-0000-4000-8000-000000000001"
    second, third = (items(world)[number] for number in (2, 3))
    world.rows(
        """
        update qiaccess.classification_queue
        set waiting_reason = 'duplicate_candidate', proposed_action = 'match', score = 0.94,
            candidate_entity_id = %s, explanation = %s
        where row_number in (2, 3)
        """,
        candidate,
        """[{"field": "family_name", "left": "Short Number", "right": "Short-Number",
            "similarity": 0.97, "points": 6.5}]""",
    )
    shown = world.qios("review", "show", second).stdout
    assert "family name: Short Number / Short-Number, 97% alike, +6.5 points" in shown
    assert "match core.people 00000000 (0.94)" in shown

    # An item that names no source is told of, by each command that would show it.
    world.rows("update qiaccess.classification_queue set source_system = 'zoho'")
    for command in (("list",), ("show", second), ("export", "sheet.csv")):
        told = world.qios("review", *command, exit_code=1).stderr
        assert "source_system: 'zoho' is the key of no source" in told
    world.rows("update qiaccess.classification_queue set source_system = 'zoho_contacts'")

    # Nobody said which: the others are approved, these wait on.
    said = world.json("review", "approve", "--all", exit_code=1)
    assert (said["changed"], said["unanswered"]) == (3, 2)
    world.qios("review", "approve", second[:8], "--as-match", "--why", "her new number")
    world.qios("review", "approve", third[:8], "--as-new")
    rows = world.rows(
        """
        select decision, reason, score::float8 as score, row.row_number::int as row
        from core.pair_decisions
        inner join staging.zoho_contacts as row
            on row.entity_id in (left_entity_id, right_entity_id)
        where %s in (left_entity_id, right_entity_id) order by row.row_number
        """,
        candidate,
    )
    assert [tuple(row.values()) for row in rows] == [
        ("same", "her new number", 0.94, 2),
        ("distinct", None, 0.94, 3),
    ]
    decided = "select decision from qiaccess.classification_queue where id = %s"
    assert (world.value(decided, second), world.value(decided, third)) == ("match", "new")


SCRIPT = """x
e
email=no@example.com
asked
a
r

r
a company
s
q
"""


def test_one_item_after_the_other_by_keys(world: World, batch: str) -> None:
    """Without a terminal by lines; whoever leaves, leaves nothing half done."""
    told = subprocess.run(
        [sys.executable, "-m", "qios", "review", "next", "--rows", "3-5"],
        input=SCRIPT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[-1] == "1 approved, 1 rejected, 1 edited, 1 skipped, 0 left"
    assert "a rejection needs a reason" in told.stderr
    statuses = {number: of_row(world, number)["review_status"] for number in range(2, 6)}
    assert statuses == {2: "needs_review", 3: "approved", 4: "rejected", 5: "needs_review"}
    assert of_row(world, 4)["review_reason"] == "a company"

    # On a terminal by a single key, and out by Ctrl-C.
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "qios", "review", "next"],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    press(master, slave, b"a")
    seen = ""
    while "2 of 2" not in seen:
        seen += running.stdout.read(1) or pytest.fail(running.stderr.read())
    press(master, slave, b"\x03")
    out, _ = running.communicate(timeout=60)
    os.close(master)
    os.close(slave)
    assert out.splitlines()[-1] == "1 approved, 0 rejected, 0 edited, 0 skipped, 1 left"
    assert of_row(world, 2)["review_status"] == "approved"
    assert of_row(world, 5)["review_status"] == "needs_review"


def press(master: int, slave: int, key: bytes) -> None:
    """Press a key once it is waited for: what was typed before is thrown away."""
    until = time.monotonic() + 120
    while termios.tcgetattr(slave)[3] & termios.ICANON:
        assert time.monotonic() < until, "nobody waits for a key"
        time.sleep(0.02)
    os.write(master, key)


def filled(path: Path, **by_row: dict[str, str]) -> Path:
    """The CSV file with these cells in the lines of these rows, `row_2={...}`."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    for line in lines:
        line |= by_row.get(f"row_{line['row'].removeprefix(chr(39))}", {})
    back = path.with_name(f"back-{len(list(path.parent.iterdir()))}.csv")
    with back.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return back


def test_decisions_come_back_in_a_spreadsheet(world: World, batch: str) -> None:
    sheet = world.folder / "review.csv"
    assert world.json("review", "export", sheet)["exported"] == 4
    before = world.content()

    # One wrong line is enough for nothing to happen; all of them are told.
    wrong = filled(
        sheet,
        row_2={"decision": "new"},
        row_3={"decision": "reject"},
        row_4={"decision": "match", "reason": "x"},
        row_5={"decision": "new", "fingerprint": "0" * 16},
    )
    said = world.json("review", "import", wrong, exit_code=1)
    assert [(line["line"], line["message"].split()[0]) for line in said["wrong"]] == [
        (3, "is"),
        (4, "'match'"),
        (5, "the"),
    ]
    assert "cure: say why" in world.qios("review", "import", wrong, exit_code=1).stdout
    assert world.content() == before

    right = filled(
        sheet,
        row_2={"decision": "new", "cell: phone": "+1 212 555 0199", "reason": "asked"},
        row_3={"decision": "reject", "reason": "=no contact"},
        row_4={"cell: family_name": "Known"},
    )
    said = world.json("review", "import", right, QIOS_USER="ana")
    assert (said["decided"], said["edited"], said["left"], said["wrong"]) == (2, 2, 1, [])
    assert of_row(world, 2)["reviewed_by"] == "ana"
    assert (of_row(world, 3)["review_status"], of_row(world, 3)["review_reason"]) == (
        "rejected",
        "=no contact",
    )
    typed = world.rows("select phone, family_name from staging.zoho_contacts order by row_number")
    assert typed[1]["phone"] == "+12125550199"
    assert typed[3]["family_name"] == "Known"
    # The same file once more, and a workbook in which nobody decided.
    after = world.content()
    assert world.json("review", "import", right)["unchanged"] == 2
    world.qios("review", "export", world.folder / "review.xlsx")
    assert world.json("review", "import", world.folder / "review.xlsx")["left"] == 2
    assert world.content() == after
    # An older answer to what was decided or edited meanwhile is no answer.
    late = filled(sheet, row_3={"decision": "new"})
    wrong_lines = world.json("review", "import", late, exit_code=1)["wrong"]
    assert [(line["line"], line["message"]) for line in wrong_lines] == [
        (3, "is not open any more: reject"),
        (4, "the item has changed since the export"),
    ]


def test_a_killed_import_of_decisions_leaves_all_or_none(imported: World) -> None:
    many = (contact(n, **{"Last Name": "Many", "Phone": "5"}) for n in range(1, 2001))
    imported.qios("register", imported.export("many.csv", many))
    imported.qios("stage")
    sheet = imported.folder / "review.csv"
    imported.qios("review", "export", sheet)
    rows = {
        f"row_{n}": {"decision": "new" if n % 2 else "reject", "reason": str(n % 7)}
        for n in range(1, 2001)
    }
    back = filled(sheet, **rows)
    left = "select count(*) from qiaccess.classification_queue where status = 'waiting'"
    total = imported.value(left)
    moments = random.Random(7)  # noqa: S311 no secret
    for _ in range(6):
        running = imported.start("review", "import", back)
        time.sleep(moments.uniform(0.5, 3.0))
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        assert imported.value(left) in (total, total - 2000)
    said = imported.json("review", "import", back)
    assert said["decided"] + said["unchanged"] == 2000
    assert imported.value(left) == total - 2000
    for table in ("qiaccess.classification_queue", "staging.zoho_contacts_raw"):
        column = "decision_reason" if table.startswith("qiaccess") else "review_reason"
        statement = sql.SQL("select count(*)::int as n from {} where {} ~ '^[0-6]$' group by {}")
        column = sql.Identifier(column)
        reasons = imported.rows(statement.format(identifier(table), column, column))
        assert sum(row["n"] for row in reasons) == 2000


def test_what_was_captured_waits_in_the_same_queue(world: World) -> None:
    world.qios("capture", "call the plumber tomorrow")
    world.qios("capture", "a thought")
    tasks = world.json("review", "list", "--reason", "capture")["rows"]
    titles = {row["display_name"]: row for row in tasks}
    call = titles["call the plumber tomorrow"]
    assert (call["target"], call["row_number"]) == ("qilife.tasks", None)
    assert "  call the plumber tomorrow" in world.qios("review", "show", call["item_id"]).stdout
    world.qios("review", "approve", call["item_id"][:8])
    assert world.count("qilife.tasks") == 1
    thought = titles["a thought"]["item_id"]
    refused = world.json(
        "review", "approve", thought, "--to", "qiaccess.quick_entries", exit_code=2
    )
    assert "no home" in refused["error"]["message"]
    subprocess.run(
        [sys.executable, "-m", "qios", "review", "next"], input="r\nidle\n", text=True, check=True
    )
    assert world.json("review", "list")["waiting"] == {}
    assert (
        "--to is for" in world.qios("review", "approve", "--all", "--to", "a.b", exit_code=2).stderr
    )


def test_a_conflict_is_decided_by_the_same_commands(world: World) -> None:
    entity = world.value(
        "insert into core.entities (entity_type, display_name) values ('person', 'A') returning id"
    )
    person = world.value(
        """
        insert into core.people (entity_id, full_name, job_title, department)
        values (%s, 'Ana', 'ours', 'held') returning id
        """,
        entity,
    )
    conflict = """
        insert into qiaccess.classification_queue (target_schema, target_table, target_id,
            proposed_action, waiting_reason, explanation)
        values ('core', 'people', %s, 'update', 'conflict', jsonb_build_object(%s::text,
            '{"base": "was", "ours": "ours", "theirs": "theirs"}'::jsonb)) returning id::text
    """
    taken = world.value(conflict, person, "job_title")
    shown = world.qios("review", "show", taken).stdout
    assert "job_title was ours theirs" in " ".join(shown.split())
    world.qios("review", "approve", taken[:8], "--why", "new post", QIOS_USER="ben")
    kept = world.value(conflict, person, "department")
    world.qios("review", "reject", kept[:8], "--why", "wrong", QIOS_USER="ben")
    assert world.rows("select job_title, department from core.people") == [
        {"job_title": "theirs", "department": "held"}
    ]
    decided = world.rows(
        """
        select decision, decided_by, decision_reason from qiaccess.classification_queue
        order by decided_at
        """
    )
    assert [tuple(item.values()) for item in decided] == [
        ("update", "ben", "new post"),
        ("reject", "ben", "wrong"),
    ]
