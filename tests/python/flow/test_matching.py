"""Two address books of two sources: who is in both is found, and a person is asked where it is not
certain."""

import csv
import uuid
from pathlib import Path

import pytest
from psycopg import sql

from flow.world import World, contact
from qios.matching.explain import explain

SCRIPTS = Path(__file__).parents[3] / "scripts"
SIZE, SHARED = 300, 60
SOURCES = ("zoho_contacts", "google_contacts")


@pytest.fixture
def whose(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, int], int]:
    """(source, row number) → the number of the person whom the row tells of; both are exported."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from benches.address_books import write_google, write_zoho
    from benches.households import two_books

    books = dict(zip(SOURCES, two_books(7, SIZE, SHARED), strict=True))
    write_zoho(world.folder / "zoho.csv", books["zoho_contacts"])
    write_google(world.folder / "google.csv", books["google_contacts"])
    return {
        (source, number): contact.person
        for source, book in books.items()
        for number, contact in enumerate(book, 1)
    }


def test_who_is_in_two_books_is_linked_or_asked_about(
    world: World, whose: dict[tuple[str, int], int]
) -> None:
    world.qios("ingest", "zoho.csv")
    world.qios("ingest", "google.csv")
    people = {
        row["entity_id"]: whose[row["source_system"], row["row_number"]]
        for source in SOURCES
        for row in world.rows(
            sql.SQL("select entity_id, source_system, row_number from {}").format(
                sql.Identifier("staging", source)
            )
        )
    }
    true = len(people) - len(set(people.values()))
    assert true == SHARED

    linked = world.rows("select * from core.pair_decisions where decision = 'same'")
    right = [row for row in linked if is_one(people, row)]
    assert len(right) >= 0.85 * SHARED
    assert len(linked) - len(right) <= 1
    assert {row["decided_by"] for row in linked} == {"policy match"}
    assert all(row["score"] > 0.99 and explain(row["explanation"]) for row in linked)

    waiting = world.rows(
        """
        select item.*, row.entity_id, row.review_status, row.problem_codes as codes
        from qiaccess.classification_queue as item
        inner join (
            select * from (
                select import_batch_id, row_number, entity_id, review_status, problem_codes
                from staging.zoho_contacts
                union all
                select import_batch_id, row_number, entity_id, review_status, problem_codes
                from staging.google_contacts
            ) as staged
        ) as row using (import_batch_id, row_number)
        where item.waiting_reason = 'duplicate_candidate'
        """
    )
    assert waiting
    for item in waiting:
        assert (item["review_status"], item["codes"]) == ("needs_review", ["duplicate_candidate"])
        assert item["proposed_action"] == "match"
        assert item["candidate_entity_id"] in people
        assert 0.5 <= item["score"] < 1
        assert explain(item["explanation"])
        told = {entry["field"]: entry for entry in item["explanation"] if "left" in entry}
        if birth := told.get("birth_date"):
            assert birth["left"] == born(world, item["entity_id"])

    # Validated again, the same is asked, once; what somebody decided is not asked again.
    batch = str(waiting[0]["import_batch_id"])
    decided = waiting[0]
    world.rows(
        """
        insert into core.pair_decisions
            (left_entity_id, right_entity_id, decision, decided_by, decided_at)
        values (least(%s::uuid, %s::uuid), greatest(%s::uuid, %s::uuid), 'distinct', 'ada', now())
        """,
        *[decided["entity_id"], decided["candidate_entity_id"]] * 2,
    )
    world.qios("validate", "--batch", batch)
    codes = world.rows(
        "select problem_codes from staging.google_contacts where entity_id = %s"
        " union all select problem_codes from staging.zoho_contacts where entity_id = %s",
        *[decided["entity_id"]] * 2,
    )
    again = world.rows(
        "select candidate_entity_id from qiaccess.classification_queue where id = %s",
        decided["id"],
    )
    asked_of_another = again[0]["candidate_entity_id"] != decided["candidate_entity_id"]
    assert codes == [{"problem_codes": []}] or asked_of_another
    assert world.rows("select count(*) from core.pair_decisions where decision = 'same'") == [
        {"count": len(linked)}
    ]


def is_one(people: dict[uuid.UUID, int], row: dict) -> bool:
    return people[row["left_entity_id"]] == people[row["right_entity_id"]]


def born(world: World, entity: uuid.UUID) -> str:
    """The day of birth of a staged contact, as eight digits."""
    found = world.rows(
        "select birth_date from staging.zoho_contacts where entity_id = %s"
        " union all select birth_date from staging.google_contacts where entity_id = %s",
        entity,
        entity,
    )
    return found[0]["birth_date"].strftime("%Y%m%d")


GOOGLE = ("First Name", "Last Name", "Organization Name", "E-mail 1 - Value", "Phone 1 - Value")
ANN = {"First Name": "Ann", "Last Name": "Quimby", "Account Name": "Larch Textile Works"}
OPEN = """
    select id::text, target_table, target_id, candidate_entity_id, proposed_action, score::float8,
        explanation, staging_table, status
    from qiaccess.classification_queue
    where waiting_reason = 'duplicate_candidate' and status in ('waiting', 'assigned')
    order by staging_table nulls last, target_table, id
"""
STATUSES = "select review_status from staging.zoho_contacts order by created_at, row_number"


def test_a_question_about_entities_holds_up_no_row(world: World) -> None:
    """Ann is promoted; namesakes and similar companies are asked about, and her rows go on."""
    told = [contact(1, **ANN, Email="ann@example.org", Title="Clerk")]
    world.qios("ingest", world.export("first.csv", told))
    ann = world.value("select entity_id from core.people")
    google = [
        {"First Name": "Anne", "Last Name": "Quimby", "Organization Name": "Larch Textile Work"}
    ]
    world.qios("ingest", world.export("google.csv", google, GOOGLE))
    # Anne is not canonical yet, so her row waits; that of two companies is a question of its own.
    row, company = world.rows(OPEN)
    assert (row["staging_table"], row["candidate_entity_id"]) == ("google_contacts_raw", ann)
    assert (company["target_table"], company["staging_table"]) == ("entities", None)
    assert world.rows("select review_status from staging.google_contacts") == [
        {"review_status": "needs_review"}
    ]

    told = [contact(1, **ANN, Email="ann@example.org", Title="Chief")]
    world.qios("ingest", world.export("second.csv", told))
    assert world.rows("select entity_id, job_title from core.people") == [
        {"entity_id": ann, "job_title": "Chief"}
    ]
    assert world.rows(OPEN) == [row, company]  # nothing is asked twice

    world.qios("review", "approve", row["id"], "--as-new", "--why", "her sister")
    shown = world.qios("review", "show", company["id"]).stdout
    assert "larch textile work / larch textile works" in shown.lower()
    assert world.json("review", "approve", company["id"], exit_code=1)["unanswered"] == 1
    world.qios("review", "export", "sheet.csv")
    sheet = world.folder / "sheet.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["item"], line["what"]) == (company["id"], "'larch textile work")
    for decision, exit_code in (("reject", 1), ("match", 0)):
        with sheet.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, line)
            writer.writeheader()
            writer.writerow(line | {"decision": decision, "reason": "a slip"})
        said = world.json("review", "import", sheet, exit_code=exit_code)
        assert said["decided"] == 1 - exit_code
    world.qios("promote")
    assert world.value("select count(*) from core.people") == 2
    one = "select count(*) from core.entities where entity_type = 'organization' and status = %s"
    assert (world.value(one, "active"), world.value(one, "merged")) == (1, 1)

    # Both are canonical now, and decided; then Ann gets the name of a third.
    told = [contact(1, **ANN, Email="ann@example.org", Title="Head")]
    world.qios("ingest", world.export("third.csv", told))
    assert world.rows(OPEN) == []
    google = [{"First Name": "Orla", "Last Name": "Vance", "Phone 1 - Value": "+1 212 555 0147"}]
    world.qios("ingest", world.export("more.csv", google, GOOGLE))
    ann_now = ANN | {"First Name": "Orla", "Last Name": "Vanse"}
    told = [contact(1, **ann_now, Email="ann@example.org", Title="Head")]
    world.qios("ingest", world.export("fourth.csv", told))
    assert (
        world.value("select full_name from core.people where entity_id = %s", ann) == "Orla Vanse"
    )
    (asked,) = world.rows(OPEN)
    assert (asked["target_id"], asked["staging_table"]) == (ann, None)
    assert asked["proposed_action"] == "match"
    assert explain(asked["explanation"])
    assert [row["review_status"] for row in world.rows(STATUSES)] == ["promoted"] * 4

    # What raised the question is taken back, and so is the question.
    batch = world.value(
        "select import_batch_id::text from staging.zoho_contacts order by created_at desc limit 1"
    )
    world.qios("undo", batch, "--why", "a wrong file")
    assert world.rows(OPEN) == []
