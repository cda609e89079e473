"""Words come in by `qios capture`, wait for a person, and end in the schema that owns them."""

import os
import signal
import uuid

import pytest

from flow.world import World
from qios.capture.handoff import hand_over
from qios.errors import Findings, UsageError
from qios.server import connection

PERSON = "insert into core.entities (entity_type, display_name) values ('person', %s) returning id"


def capture(world: World, *arguments: str) -> dict[str, object]:
    return world.json("capture", *arguments)


def item(world: World, *arguments: str) -> str:
    return str(capture(world, *arguments)["classification_queue_id"])


def texts(world: World) -> str:
    """Everything that QiAccess holds."""
    return world.dump("--data-only", "--schema", "qiaccess", "--exclude-table", "*.seed_*")


def test_captured_words_end_where_they_belong(world: World) -> None:
    ana = str(world.value(PERSON, "Ana"))
    world.qios("capture", "--me", ana)
    for words, target, column, there in (
        ("took ibuprofen 400", "qilife.care_logs", "observation_text", "took ibuprofen 400"),
        ("blood pressure 120/80", "qilife.care_logs", "observation_name", "Blood pressure"),
        ("migraine all over", "qilife.symptoms", "symptom_name", "migraine all over"),
        ("prescribed amoxicillin", "qilife.medications", "medication_name", None),
        ("appointment 2026-12-01 9:15", "qilife.appointments", "starts_at", None),
        ("call plumber tomorrow", "qilife.tasks", "title", "call plumber tomorrow"),
        ("spent 12.50 EUR on lunch", "qilife.financial_events", "event_type", "expense"),
        ("moved to Rome", "qilife.timeline_items", "item_type", "milestone"),
        ("A thought\nof two lines", "core.notes", "body", "A thought\nof two lines"),
    ):
        said = capture(world, words)
        assert (said["target"], said["known"]) == (target, False), words
        assert words.partition("\n")[0] in texts(world)
        (done,) = world.json("handoff", said["classification_queue_id"], QIOS_USER="ana")["items"]
        assert (done["status"], done["target"]) == ("accepted", target), done
        made = f"select {column}, created_by, source_system from {target} where id = %s"  # noqa: S608
        (row,) = world.rows(made, done["target_id"])
        assert (row["created_by"], row["source_system"]) == ("ana", "capture")
        assert there in (None, row[column])
        assert words not in texts(world)
    assert world.value("select amount::text || currency from qilife.financial_events") == "12.50EUR"
    assert world.value("select due_at is not null and is_all_day from qilife.tasks")
    assert world.json("captures")["captures"] == []
    for table, status in (
        ("capture_events", "handed_off"),
        ("quick_entries", "handed_off"),
        ("handoff_events", "accepted"),
        ("classification_queue", "decided"),
    ):
        statuses = f"select status, count(*) from qiaccess.{table} group by 1"  # noqa: S608
        assert world.rows(statuses) == [{"status": status, "count": 9}]
    assert world.rows("select status, capture_count from qiaccess.intake_sessions") == [
        {"status": "open", "capture_count": 9}
    ]


def test_what_is_not_said_is_asked_for(world: World) -> None:
    bob = str(world.value(PERSON, "Bob"))
    headache = item(world, "headache since monday")
    assert capture(world, "headache since monday")["known"] is True
    assert capture(world, "headache since monday", "--again")["known"] is False
    (refused,) = world.json("handoff", headache, exit_code=1)["items"]
    assert refused["missing"] == ["subject_entity_id", "onset_at"]
    given = ("--about", bob, "--set", "onset_at=not so", "--set", "severity=mild")
    assert "invalid input" in world.qios("handoff", headache, *given, exit_code=1).stdout
    given = ("--about", bob, "--set", "onset_at=2026-11-23", "--set", "severity=mild")
    world.qios("handoff", headache[:8], *given)
    symptom = "select symptom_name, severity, subject_entity_id::text from qilife.symptoms"
    assert list(world.rows(symptom)[0].values()) == ["headache since monday", "mild", bob]
    attempts = "select attempt_number, status from qiaccess.handoff_events order by 1"
    assert [tuple(row.values()) for row in world.rows(attempts)] == [
        *((1, "refused"), (2, "refused")),
        (3, "accepted"),
    ]
    (other,) = world.json("captures")["captures"]
    world.qios("handoff", other["id"], "--to", "core.notes", "--about", bob)
    assert world.value("select body from core.notes") == "headache since monday"

    # Nothing secret is kept, a file is registered, an idle session is left behind.
    secret = "ghp_" + "a1B2" * 9
    silly = item(world, f"the token is {secret}")
    assert secret not in world.dump()
    photo = world.folder / "receipt.txt"
    photo.write_text("Total 5", "utf-8")
    old = "update qiaccess.capture_events set captured_at = captured_at - interval '1 hour'"
    world.rows(old)
    receipt = item(world, "paid 5 EUR", "--file", str(photo))
    sessions = "select status from qiaccess.intake_sessions order by started_at"
    assert [row["status"] for row in world.rows(sessions)] == ["abandoned", "open"]
    world.qios("handoff", silly, "--discard", "--why", "not mine")
    world.qios("handoff", receipt)
    paid = "select file_name from qilife.financial_events as event inner join qinexus.files as file"
    assert world.value(f"{paid} on file.id = event.source_file_id") == "receipt.txt"
    status = "select status from qiaccess.capture_events where content_text like 'the token is%%'"
    assert world.value(status) == "discarded"

    with connection.connect(autocommit=True) as database:
        for arguments, error in (
            (([uuid.UUID(silly)], "new"), Findings),
            (([], "match"), UsageError),
            (([], "new", "qiaccess.quick_entries"), UsageError),
            (([], "new", "qilife.nothing"), UsageError),
        ):
            with pytest.raises(error):
                hand_over(database, *arguments)


def test_a_killed_capture_or_handing_over_leaves_nothing_half_done(world: World) -> None:
    task = item(world, "call plumber tomorrow")
    before = world.content()
    for locked, arguments in (
        ("qiaccess.classification_queue", ("capture", "buy milk")),
        ("qiaccess.quick_entries", ("handoff", task)),
    ):
        with connection.connect() as database:
            database.execute(f"lock table {locked} in exclusive mode")
            running = world.start(*arguments)
            world.wait_for(running, "select exists (select from pg_locks where not granted)")
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
        assert world.content() == before
    with connection.connect(autocommit=True) as database:
        with database.transaction(force_rollback=True):  # a part of what its caller does
            hand_over(database, [uuid.UUID(task)], "new")
        assert world.content() == before
