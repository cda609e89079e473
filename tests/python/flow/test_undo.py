"""`qios undo`: a batch taken back is as if it had never been promoted."""

from pathlib import Path

import pytest

from flow.world import Row, World, contact

OF_SOURCES = ("qinexus.source_entity_links", "qinexus.source_values")
"""What qinexus knows of promoted rows; its other tables tell of files and runs."""


def works_at(number: int, company: str) -> Row:
    return {
        "Account Name.id": f"zcrm_55140020000003{number:05d}",
        "Account Name": company,
    }


FIRST = [
    contact(1, **{"Last Name": "Ames", "Phone": "614-555-0101"}, **works_at(1, "Acme")),
    contact(2, **{"Last Name": "Bell", "Email": "bell@example.com"}, **works_at(1, "Acme")),
]
SECOND = [
    contact(1, **{"Last Name": "Ames", "Phone": "614-555-0199"}, **works_at(1, "Acme")),
    contact(3, **{"Last Name": "Cole", "Email": "cole@example.com"}, **works_at(1, "Acme")),
    contact(4, **{"Last Name": "Dunn", "Mailing City": "Columbus"}, **works_at(2, "Globex")),
]
THIRD = [contact(5, **{"Last Name": "East"}, **works_at(2, "Globex"))]


def canonical(world: World) -> dict[str, list[str]]:
    """What the canonical tables hold, times aside."""
    content = {table.replace('"', ""): rows for table, rows in world.content().items()}
    return {
        table: rows
        for table, rows in content.items()
        if table in OF_SOURCES
        or not table.startswith(("staging.", "qinexus.", "qiaccess.", "core.audit_events"))
    }


def ingest(world: World, name: str, contacts: list[Row]) -> str:
    """The id of the batch."""
    path = world.export(name, contacts)
    world.qios("ingest", path)
    return batch_of(world, path)


def batch_of(world: World, path: Path) -> str:
    return world.value(
        """
        select batch.id::text from qinexus.import_batches as batch
        inner join qinexus.file_versions as version on version.id = batch.file_version_id
        inner join qinexus.files as file on file.id = version.file_id where file.path = %s
        """,
        str(path),
    )


def test_a_batch_goes_and_comes_back(world: World) -> None:
    ingest(world, "first.csv", FIRST)
    world.rows("update core.people set notes = 'met in May' where full_name = 'Ames'")
    before = canonical(world)
    second = ingest(world, "second.csv", SECOND)
    after = canonical(world)

    undone = world.json("undo", second[:8], "--why", "the wrong file", QIOS_USER="ana")
    assert (undone["batch_id"], undone["rows"], undone["kept"]) == (second, 3, 0)
    assert undone["tables"]["core.people"] == {"removed": 2}
    assert undone["tables"]["core.identifiers"] == {"restored": 1, "removed": 1}
    assert canonical(world) == before
    status = "select status from qinexus.import_batches where id = %s::uuid"
    assert world.value(status, second) == "undone"
    told = world.rows(
        """
        select distinct actor, reason from core.audit_events
        where import_batch_id = %s::uuid and action in ('undo', 'review_undone')
        """,
        second,
    )
    assert told == [{"actor": "ana", "reason": "the wrong file"}]
    assert "nothing to undo" in world.qios("undo", second, exit_code=2).stderr

    # Only a person lets it pass again.
    assert world.json("promote")["promoted"] == 0
    world.qios("review", "approve", "--batch", second, "--status", "undone")
    assert world.json("promote")["promoted"] == 3
    assert canonical(world) == after
    assert world.value(status, second) == "promoted"
    world.qios("undo", second)
    assert canonical(world) == before


def test_what_a_later_batch_rests_on_stays_and_is_its_own(world: World) -> None:
    ingest(world, "first.csv", FIRST)
    nothing = canonical(world)
    second = ingest(world, "second.csv", SECOND)
    third = ingest(world, "third.csv", THIRD)
    kept = world.json("undo", second)["kept"]
    assert kept
    companies = world.rows(
        "select display_name, import_batch_id::text from core.entities"
        " where entity_type = 'organization' order by 1"
    )
    assert companies[1] == {"display_name": "Globex", "import_batch_id": third}
    people = world.rows("select full_name from core.people order by 1")
    assert [row["full_name"] for row in people] == ["Ames", "Bell", "East"]

    # Now it goes with the batch that took it over.
    world.qios("undo", third)
    left = canonical(world)
    for table in ("core.organizations", "core.people", "qinexus.source_values", "core.entities"):
        assert left[table] == nothing[table]


def test_a_persons_change_stands_in_the_way_and_a_later_batch_keeps_its_word(world: World) -> None:
    ingest(world, "first.csv", FIRST)
    second = ingest(world, "second.csv", SECOND)
    world.rows("update core.people set family_name = 'Coles' where full_name = 'Cole'")
    third = [SECOND[0] | {"Phone": "614-555-0155"}]
    later = ingest(world, "third.csv", third)
    before = canonical(world)
    refused = world.qios("undo", second, exit_code=1).stderr
    assert "1 rows were changed since" in refused
    assert "family_name, by" in refused
    assert canonical(world) == before
    world.qios("undo", second, "--force")
    people = world.rows("select full_name from core.people order by 1")
    assert [row["full_name"] for row in people] == ["Ames", "Bell"]

    phone = "select value from core.identifiers where identifier_type = 'phone'"
    assert world.value(phone) == "+16145550155"
    world.qios("undo", later)
    assert world.value(phone) == "+16145550101"


def test_of_two_batches_in_one_build_the_other_is_heard(world: World) -> None:
    loser = world.export("a.csv", [contact(7, **{"Last Name": "Old Name"})])
    winner = world.export("b.csv", [contact(7, **{"Last Name": "New Name"})])
    for export in (loser, winner):
        world.qios("register", export)
        world.qios("stage")
        world.qios("review", "approve", "--all")
    world.qios("promote")
    name = "select full_name from core.people"
    heard = world.value("select import_batch_id::text from core.people")
    assert world.value(name) == "New Name"
    undone = world.json("undo", heard)
    assert undone["approved_again"] == 1
    world.qios("promote")
    assert world.value(name) == "Old Name"
    world.qios("undo", batch_of(world, loser))
    assert world.count("core.people") == 0


@pytest.mark.parametrize("wrong", ["00000000", "x"])
def test_no_such_batch(world: World, wrong: str) -> None:
    assert "cure: " in world.qios("undo", wrong, exit_code=2).stderr


def test_what_the_journal_does_not_tell_is_not_taken_back(world: World) -> None:
    batch = ingest(world, "first.csv", FIRST)
    world.rows(  # as if it had been promoted before there was a journal
        "alter table core.audit_events disable trigger user;"
        " delete from core.audit_events where import_batch_id is not null;"
        " alter table core.audit_events enable trigger user"
    )
    before = world.content()
    said = world.qios("undo", batch[:8], exit_code=1).stderr
    assert f"batch {batch}, 2 rows of" in said
    assert "R1304" in said
    assert "cure: it was promoted before writes were recorded" in said
    assert world.content() == before
