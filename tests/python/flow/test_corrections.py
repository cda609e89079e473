"""A person's value stands after every later import, until it is withdrawn."""

import os
import signal

from flow.world import COLUMNS, World, contact
from qios.server import connection

WHY = ("--why", "she told me")


def ingest(world: World, number: int, **cells: str) -> None:
    """An export of one contact, which says something new of it each time."""
    given = {"Last Name": "Lee", "Department": f"Room {number}"} | cells
    columns = (*COLUMNS, "Department")
    world.qios("ingest", world.export(f"contacts_{number}.csv", [contact(1, **given)], columns))


def person(world: World) -> dict[str, object]:
    (row,) = world.rows(
        "select id, job_title, department, birth_date, gender, updated_by from core.people"
    )
    return row


def test_a_corrected_value_stands_until_it_is_withdrawn(world: World) -> None:
    ingest(world, 1, Title="Clerk")
    row = str(person(world)["id"])
    given = ("job_title=Chief", "birth_date=1980-02-03", "gender=female")
    said = world.json("correct", "core.people", row, *given, *WHY, QIOS_USER="ana")
    assert [(one["column"], one["before"], one["after"]) for one in said["columns"]] == [
        ("job_title", '"Clerk"', '"Chief"'),
        ("birth_date", "null", '"1980-02-03"'),
        ("gender", "null", '"female"'),
    ]
    assert person(world)["updated_by"] == "ana"

    for number in (2, 3, 4):
        ingest(world, number, Title=f"Clerk {number}")
        now = person(world)
        assert (now["job_title"], now["department"]) == ("Chief", f"Room {number}")
        assert (str(now["birth_date"]), now["gender"]) == ("1980-02-03", "female")
    # Corrected once more, it still goes back to what the source says, not to the first correction.
    world.qios("correct", "core.people", row, "job_title=Head", *WHY)
    # The row is taken out and comes in again: also what no source supplies is as it was corrected.
    world.rows("delete from core.people")
    ingest(world, 5, Title="Clerk 5")
    now = person(world)
    assert (now["job_title"], str(now["birth_date"]), now["gender"]) == (
        *("Head", "1980-02-03"),
        "female",
    )
    listed = world.json("corrections", "core.people", row)["corrections"]
    assert [(one["column"], one["value"]) for one in listed] == [
        ("birth_date", "1980-02-03"),
        ("gender", "female"),
        ("job_title", "Head"),
    ]
    assert len(world.json("corrections", "--all")["corrections"]) == 4

    world.qios("correct", "core.people", row, "job_title", "--withdraw", *WHY)
    world.qios("correct", "core.people", row, "--withdraw", *WHY)
    now = person(world)
    assert (now["job_title"], now["birth_date"], now["gender"]) == ("Clerk 5", None, None)
    assert world.json("corrections")["corrections"] == []
    ingest(world, 6, Title="Clerk 6")
    assert person(world)["job_title"] == "Clerk 6"

    # What a person had written before comes back where the source has said nothing new since.
    world.rows("update core.people set job_title = 'By hand'")
    world.qios("correct", "core.people", row, "job_title=", *WHY)
    assert person(world)["job_title"] is None
    world.qios("correct", "core.people", row, "--withdraw", *WHY)
    assert person(world)["job_title"] == "By hand"


def test_what_does_not_fit_is_refused_and_nothing_moves(world: World) -> None:
    ingest(world, 1, Title="Clerk", Email="lee@example.com")
    row = str(person(world)["id"])
    task = str(world.value("insert into qilife.tasks (title) values ('t') returning id"))
    before = world.content()
    for table, which, given, exit_code, message in (
        ("core.people", row, "birth_date=1980-13-03", 1, "birth_date takes date"),
        ("core.people", row, "full_name=", 1, "not-null"),
        ("qilife.tasks", task, "status=perhaps", 1, "needs_action, in_process"),
        ("core.people", task, "full_name=X", 1, "no row has the id"),
        ("core.people", row, "job_title=ghp_" + "a1B2" * 9, 1, "looks like a secret (R1403)"),
        ("core.people", row, "import_batch_id=" + row, 2, "is metadata"),
        ("core.entities", row, "canonical_entity_id=" + row, 2, "kept by `qios` itself"),
        ("core.people", row, "shoe_size=44", 2, "core.people.shoe_size is no column"),
        ("core.persons", row, "full_name=X", 2, "no canonical table"),
        ("qieos.fields", row, "display_name=X", 2, "qieos__seed_fields.csv"),
        ("qinexus.files", row, "path=X", 2, "keeps this table itself"),
        ("core.people", "7", "full_name=X", 2, "is not an id"),
        ("core.people", row, "full_name", 2, "column=value"),
    ):
        said = world.qios("correct", table, which, given, *WHY, exit_code=exit_code).stderr
        assert message in said, said
        assert "a1B2" not in said
    # One value of two does not fit: neither is written.
    two = ("job_title=Chief", "birth_date=never")
    world.qios("correct", "core.people", row, *two, *WHY, exit_code=1)
    world.qios("correct", "core.people", row, "--withdraw", *WHY, exit_code=1)
    assert world.content() == before


def test_a_survivor_shows_what_is_corrected_of_the_merged_row(world: World) -> None:
    rows = [contact(1, **{"Last Name": "Lee"}), contact(2, **{"Last Name": "Li", "Title": "Clerk"})]
    world.qios("ingest", world.export("contacts.csv", rows))
    people = world.rows("select id::text, entity_id::text from core.people order by full_name")
    survivor, merged = (row["entity_id"] for row in people)
    world.qios("review", "merge", survivor, merged, *WHY)
    shown = "select job_title from core.people where entity_id = %s"
    assert world.value(shown, survivor) == "Clerk"
    world.qios("correct", "core.people", people[1]["id"], "job_title=Chief", *WHY)
    assert world.value(shown, survivor) == "Chief"
    world.qios("correct", "core.people", people[1]["id"], "--withdraw", *WHY)
    assert world.value(shown, survivor) == "Clerk"


def test_a_killed_correction_leaves_nothing(world: World) -> None:
    ingest(world, 1, Title="Clerk")
    row = str(person(world)["id"])
    before = world.content()
    with connection.connect() as database:
        database.execute("lock table core.people in exclusive mode")
        running = world.start("correct", "core.people", row, "job_title=Chief", *WHY)
        world.wait_for(
            running,
            "select exists (select from pg_locks where not granted and database = ("
            "select oid from pg_database where datname = current_database()))",
        )
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    assert world.content() == before
