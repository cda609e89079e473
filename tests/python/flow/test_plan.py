"""A plan shows what a promotion would do, does exactly that, or refuses and says what moved."""

import csv
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from psycopg import sql

from flow.world import Row, World
from notion_export import SAMPLE
from qios.identity.pairs import DISTINCT, SAME, decide_pair
from qios.review.conflicts import decide_conflict
from qios.server import connection

FILE = "zoho/Contacts_2026_10_01.csv"
PLANS = {"qinexus.promotion_plans", "qinexus.promotion_plan_changes"}
BESIDE = ("promotion_plan", "classification_queue", "audit_events")
"""Tables that tell of the way a row came, or whose rows have new ids."""

TITLE = "select job_title from core.people where given_name = 'Samuel'"


@pytest.fixture
def waiting(imported: World) -> World:
    """Approved rows of two sources: new ones, changed ones, and one that a person changed too."""
    with (imported.samples / FILE).open(encoding="utf-8", newline="") as stream:
        contacts = list(csv.DictReader(stream))
    imported.rows("update core.people set job_title = 'By hand' where given_name = 'Samuel'")
    assert [row["First Name"] for row in contacts[:2]] == ["Dana", "Samuel"]
    contacts[0] |= {"Title": "Director", "Phone": ""}
    contacts[1] |= {"Title": "Chief", "Department": "Stock"}
    contacts.append(dict.fromkeys(contacts[0], "") | {"Record Id": "zcrm_1", "Last Name": "New"})
    tasks = [
        {"Task name": "Order chairs", "Status": "Done", "Project": "Spring fair"}
        | {"Parent-task": "Rent tents", "Blocked by": "Print posters (A2, A3)"}
        | {"Assignee": "Nobody Yet", "Tags": "Brand new"},
        *SAMPLE.tasks[:-1],
        SAMPLE.tasks[-1] | {"Priority": "High", "Project": ""},
    ]
    imported.qios("register", imported.export("second.csv", contacts, contacts[0]))
    imported.qios("register", replace(SAMPLE, tasks=tasks).write(imported.folder / "second.zip"))
    imported.qios("stage")
    # Dana may be whom the tasks name; somebody says that she is not.
    imported.qios("review", "approve", "--reason", "duplicate_candidate", "--as-new")
    return imported


def planned(world: World) -> tuple[str, Row]:
    plan = world.json("promote", "--plan")
    return plan["plan"][:8], plan


def test_a_plan_is_what_the_promotion_does(waiting: World) -> None:
    planned(waiting)  # approves by policy, and is superseded
    before = waiting.versions()
    name, plan = planned(waiting)
    after = waiting.versions()
    moved = {table for table, rows in after.items() if rows != before[table]}
    assert moved == PLANS
    shown = waiting.qios("promote", "--plan", "--source", "zoho_contacts").stdout
    assert "job_title: Operations Manager → Director" in shown or "→ Director" in shown
    assert "was Facilities Coordinator, is By hand, zoho_contacts says Chief" in shown
    assert "superseded" in waiting.qios("promote", name, exit_code=1).stderr

    (conflict,) = [change for change in plan["changes"] if change["conflicts"]]
    assert (conflict["table"], conflict["change"]) == ("core.people", "update")
    assert conflict["columns"]["department"]["new"] == "Stock"
    assert "job_title" not in conflict["columns"]
    assert conflict["conflicts"]["job_title"]["theirs"] == "Chief"

    # The same in two databases: in one a plan is carried out, in the other all is promoted at once.
    name, plan = planned(waiting)
    with twin() as other:
        waiting.qios("promote", name)
        at_once = waiting.json("promote", QIOS_PGDATABASE=other)
        assert {table: counts["inserted"] for table, counts in plan["tables"].items()} == {
            table: counts["inserted"] for table, counts in at_once["tables"].items()
        }
        assert content(waiting) == content(waiting, other)
    assert "executed already" in waiting.qios("promote", name, exit_code=1).stderr
    for change in plan["changes"]:
        row = waiting.rows(
            sql.SQL("select to_jsonb(t) as row from {} as t where id = %s").format(
                sql.Identifier(*change["table"].split("."))
            ),
            change["id"],
        )[0]["row"]
        for column, cell in (change["columns"] or {}).items():
            assert row[column] == cell["new"], (change["table"], column)


def test_a_plan_refuses_when_the_database_moved(waiting: World) -> None:
    name, _ = planned(waiting)
    before = waiting.content()

    waiting.rows("update core.people set notes = 'Mine' where given_name = 'Dana'")
    said = waiting.qios("promote", name, exit_code=1).stderr
    dana = waiting.value("select id from core.people where given_name = 'Dana'")
    assert f"core.people {dana}, notes: was None, is 'Mine'" in said
    assert "updated_at" not in said
    waiting.rows("update core.people set notes = null where given_name = 'Dana'")

    (batch,) = waiting.rows(
        "select import_batch_id as id from staging.zoho_contacts_raw where review_status = "
        "'approved' group by 1"
    )
    waiting.rows(
        "update staging.zoho_contacts_raw set review_status = 'rejected'"
        " where import_batch_id = %s and row_number = 42",
        batch["id"],
    )
    said = waiting.qios("promote", name, exit_code=1).stderr
    assert "rows {[42,43)}: were approved, and are not now" in said
    waiting.rows(
        "update staging.zoho_contacts_raw set review_status = 'approved' where "
        "review_status = 'rejected'"
    )

    one, other = (
        waiting.value("select entity_id from core.people where given_name = %s", who)
        for who in ("Dana", "Samuel")
    )
    waiting.rows(
        "insert into core.pair_decisions"
        " (left_entity_id, right_entity_id, decision, decided_by, decided_at)"
        " values (%s, %s, 'same', 'me', now())",
        *sorted((one, other)),
    )
    assert "was decided since" in waiting.qios("promote", name, exit_code=1).stderr
    waiting.rows("delete from core.pair_decisions where decision = 'same'")
    tables = [table for table in before if table.startswith(('"core"."p', '"qilife"', '"core"."e'))]
    assert {table: waiting.content()[table] for table in tables} == {t: before[t] for t in tables}
    waiting.qios("promote", name)
    assert (
        waiting.value("select job_title from core.people where given_name = 'Dana'") == "Director"
    )


def test_a_killed_plan_leaves_nothing_in_the_way(waiting: World) -> None:
    running = waiting.start("promote", "--plan")
    waiting.wait_for(running, "select exists (select from qinexus.promotion_plans)")
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    waiting.qios("promote", "--plan")
    statuses = "select status from qinexus.promotion_plans order by created_at"
    assert [row["status"] for row in waiting.rows(statuses)] == ["superseded", "open"]
    of_dead = """
        select count(*) from qinexus.promotion_plan_changes as change
        inner join qinexus.promotion_plans as plan on plan.id = change.promotion_plan_id
        where plan.status <> 'open'
    """
    assert waiting.value(of_dead) == 0


def test_a_conflict_is_decided_once(waiting: World) -> None:
    waiting.qios("promote")
    (item,) = waiting.rows(
        "select id from qiaccess.classification_queue where waiting_reason = 'conflict'"
    )
    assert waiting.value(TITLE) == "By hand"
    with connection.connect(autocommit=True) as database:
        assert decide_conflict(database, [item["id"]], "theirs", "They know.") == 1
        assert decide_conflict(database, [item["id"]], "ours") == 0
    assert waiting.value(TITLE) == "Chief"
    status = "select status, decision_reason from qiaccess.classification_queue where id = %s"
    assert waiting.rows(status, item["id"]) == [
        {"status": "decided", "decision_reason": "They know."}
    ]


@contextmanager
def twin() -> Iterator[str]:
    """The name of a copy of the test's database, for as long as the block runs."""
    name = sql.Identifier("twin")
    template = sql.Identifier(connection.settings().database)
    with connection.connect("postgres", autocommit=True) as database:
        database.execute(sql.SQL("create database {} template {}").format(name, template))
        try:
            yield "twin"
        finally:
            database.execute(sql.SQL("drop database {}").format(name))


def content(world: World, database: str | None = None) -> dict[str, list[str]]:
    """What stands in the canonical tables, without ids and times that are new in each run."""
    with pytest.MonkeyPatch.context() as patch:
        if database:
            patch.setenv("QIOS_PGDATABASE", database)
        return {
            table: rows
            for table, rows in world.content().items()
            if not any(name in table for name in BESIDE)
        }


def test_merges_that_were_decided_are_a_plan_by_themselves(imported: World) -> None:
    assert imported.json("promote", "--plan") == {"plan": None, "exit_code": 0}
    people = imported.rows(
        "select entity_id, full_name from core.people where source_system = 'zoho_contacts'"
        " order by full_name, entity_id limit 5"
    )
    ids = [row["entity_id"] for row in people]
    with connection.connect(autocommit=True) as database:
        decide_pair(database, ids[0], ids[1], SAME, "ada")
        # The third, fourth and fifth would be one, and two of them are not.
        decide_pair(database, ids[2], ids[3], SAME, "ada")
        decide_pair(database, ids[3], ids[4], SAME, "ada")
        decide_pair(database, ids[2], ids[4], DISTINCT, "ada")
    name, plan = planned(imported)
    assert [{pair["left"], pair["right"]} for pair in plan["merges"]] == [set(map(str, ids[:2]))]
    shown = imported.qios("promote", "--plan").stdout
    assert "merged, as decided:" in shown
    name = shown.split("qios promote ")[1][:8]
    imported.qios("promote", name)
    merged = "select canonical_entity_id is not null from core.entities where id = any(%s)"
    assert sorted(row["?column?"] for row in imported.rows(merged, ids[:2])) == [False, True]
    assert not any(row["?column?"] for row in imported.rows(merged, ids[2:]))
