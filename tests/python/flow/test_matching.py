"""Two address books of two sources: who is in both is found, and a person is asked where it is not
certain."""

import csv
import subprocess
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flow.world import COLUMNS, Row, World, contact
from qios.identity.pairs import DISTINCT, decide_pair
from qios.identity.references import findings
from qios.matching.explain import explain
from qios.server import connection

if TYPE_CHECKING:
    from benches.two_exports import TwoExports

SCRIPTS = Path(__file__).parents[3] / "scripts"
SIZE, SHARED = 300, 60


@pytest.fixture
def exports(world: World, monkeypatch: pytest.MonkeyPatch) -> "TwoExports":
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from benches.two_books import YEARS_LATER
    from benches.two_exports import TwoExports

    return TwoExports(world.folder, world.qios, 7, SIZE, SHARED, YEARS_LATER)


def test_who_is_in_two_books_is_linked_or_asked_about(world: World, exports: "TwoExports") -> None:
    from benches.two_exports import ASKED

    with connection.connect(autocommit=True) as database:
        exports.ingest(database)
    people = {entity: told.person for entity, told in exports.told.items()}
    assert len(people) - len(set(people.values())) == len(exports.true) == SHARED

    linked = world.rows("select * from core.pair_decisions where decision = 'same'")
    right = [
        row for row in linked if exports.are_one(row["left_entity_id"], row["right_entity_id"])
    ]
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

    # Validated again, what somebody decided is not asked again.
    pairs = [
        (item["id"], item["import_batch_id"], item["entity_id"], item["candidate_entity_id"])
        for item in waiting
    ]
    settled, batch, *pair = next(found for found in pairs if not exports.are_one(*found[2:]))
    with connection.connect(autocommit=True) as database:
        decide_pair(database, *pair, DISTINCT, "ada")
    world.qios("validate", "--batch", str(batch))
    with connection.connect(autocommit=True) as database:
        assert set(pair) not in [{one, other} for _, one, other in database.execute(ASKED)]
    same = "select count(*) from core.pair_decisions where decision = 'same'"
    assert world.value(same) == len(linked)

    # Its row has nothing to be asked about any more, and waits for whoever looked into it.
    compared = "select candidate_entity_id from qiaccess.classification_queue where id = %s"
    assert world.value(compared, settled) is None
    world.qios("review", "approve", "--reason", "policy")

    # Answered truly, all that was linked or asked is one entity for each person.
    with connection.connect(autocommit=True) as database:
        outcome = exports.finish(database)
    assert (outcome.asked_again, outcome.mixed, outcome.split, outcome.dangling) == (0, 0, 0, [])
    assert outcome.missed == outcome.strangers <= 0.02 * SHARED
    assert outcome.entities == outcome.people + outcome.missed

    world.rows(
        """
        update staging.google_contacts_raw set import_batch_id = gen_random_uuid()
        where row_number = 1
        """
    )
    first = uuid.UUID(int=1)
    world.rows("update core.pair_decisions set left_entity_id = %s", first)
    with connection.connect(autocommit=True) as database:
        dangling = {(found.object, found.rows) for found in findings(database)}
    assert dangling >= {
        ("staging.google_contacts_raw.import_batch_id", 1),
        ("core.pair_decisions.left_entity_id", world.count("core.pair_decisions")),
    }


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
        explanation, staging_table, row_number, status
    from qiaccess.classification_queue
    where waiting_reason = 'duplicate_candidate' and status in ('waiting', 'assigned')
    order by staging_table nulls last, target_table, id
"""
DEFERRED = "select id from qiaccess.classification_queue where status = 'deferred'"
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
    orla = {"First Name": "Orla", "Phone 1 - Value": "+1 212 555 0147"}
    google = [orla | {"Last Name": "Vance", "E-mail 1 - Value": "orla@example.org"}]
    world.qios("ingest", world.export("more.csv", google, GOOGLE))
    ann_now = ANN | {"First Name": "Orla", "Last Name": "Vansen", "Phone": "+1 212 555 0147"}
    told = [contact(1, **ann_now, Email="ann@example.org", Title="Head")]
    world.qios("ingest", world.export("fourth.csv", told))
    assert (
        world.value("select full_name from core.people where entity_id = %s", ann) == "Orla Vansen"
    )
    (asked,) = world.rows(OPEN)
    assert (asked["target_id"], asked["staging_table"]) == (ann, None)
    assert asked["proposed_action"] == "match"
    assert explain(asked["explanation"])
    assert [row["review_status"] for row in world.rows(STATUSES)] == ["promoted"] * 4

    # Another batch raises it as well; once both are taken back, so is the question.
    google[0] |= {"Notes": "Likes tea"}
    world.qios("ingest", world.export("again.csv", google, (*GOOGLE, "Notes")))
    assert [item["id"] for item in world.rows(OPEN)] == [asked["id"]]
    raised = "select unnest(raising_batch_ids)::text as batch from qiaccess.classification_queue"
    first, second = (
        row["batch"] for row in world.rows(f"{raised} where id::text = %s", asked["id"])
    )
    world.qios("undo", first, "--why", "a wrong file")
    assert [item["id"] for item in world.rows(OPEN)] == [asked["id"]]
    world.qios("undo", second, "--why", "a wrong file")
    assert world.rows(OPEN) == []


def test_after_a_no_the_next_candidate_is_asked(world: World) -> None:
    """Three namesakes in one office; the last of them may be either of the others."""
    born = ("1950-01-02", "1972-05-06", "1994-09-10")
    people = namesakes(*born)
    columns = (*COLUMNS, "Date of Birth")
    world.qios("ingest", world.export("namesakes.csv", people, columns))
    second, third = sorted(world.rows(OPEN), key=lambda item: item["row_number"])
    assert (second["staging_table"], third["staging_table"]) == ("zoho_contacts_raw",) * 2

    # The one after the third is raised by its answer, and comes in the same run.
    told = subprocess.run(
        [sys.executable, "-m", "qios", "review", "next", "--why", "her niece"],
        input="s\na\ns\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "3 of 3" in told.stdout
    assert told.stdout.splitlines()[-1] == "1 approved, 0 rejected, 0 edited, 2 skipped, 0 left"
    (asked,) = [item for item in world.rows(OPEN) if item["staging_table"] is None]
    assert asked["candidate_entity_id"] != third["candidate_entity_id"]
    assert (asked["target_table"], asked["status"]) == ("entities", "waiting")
    shown = world.qios("review", "show", asked["id"]).stdout
    assert "ann quimby" in shown.lower()
    assert "birth date: 19940910" in shown

    world.qios(
        "review", "approve", asked["id"], second["id"], "--as-new", "--why", "they are three"
    )
    world.qios("promote")
    batch = world.value("select min(import_batch_id::text) from staging.zoho_contacts_raw")
    world.qios("validate", "--batch", batch)
    assert world.rows(OPEN) == []
    assert world.value("select count(*) from core.people") == 3
    people[2] |= {"Title": "Chief"}
    world.qios("ingest", world.export("promoted.csv", people, columns))
    assert world.rows(OPEN) == []


def test_a_rejected_row_takes_its_questions_along(world: World) -> None:
    """The fourth is likelier the second or the third than the first; all work for one company."""
    company = {"First Name": "Bo", "Last Name": "Abel", "Organization Name": "Larch Textile Work"}
    world.qios("ingest", world.export("google.csv", [company], GOOGLE))
    people = namesakes("1950-01-02", "1972-05-06", "1994-09-10", "1987-12-24")
    people[0]["First Name"] = "Anne"
    world.qios("ingest", world.export("zoho.csv", people, (*COLUMNS, "Date of Birth")))
    rows = world.rows("select row_number, entity_id from staging.zoho_contacts")
    entity = {row["row_number"]: row["entity_id"] for row in rows}
    asked = {item["row_number"]: item for item in world.rows(OPEN)}
    assert asked.keys() == {None, 2, 3, 4}
    # They are equally likely, so that their ids decide.
    likeliest, other = (2, 3) if asked[4]["candidate_entity_id"] == entity[2] else (3, 2)

    def rejected(row: int) -> dict[int | None, Row]:
        """What is asked by each row once this one is rejected."""
        world.qios("review", "reject", asked[row]["id"], "--why", "a test contact")
        world.qios("review", "list")
        return {item["row_number"]: item for item in world.rows(OPEN)}

    # Whoever does not come was not asked about yet: the question about somebody else stays.
    now = rejected(other)
    assert now.keys() == {None, likeliest, 4}
    assert (now[None], now[4]) == (asked[None], asked[4])
    assert len(world.rows(DEFERRED)) == 1
    # Then the likeliest does not come, and the next one is asked; the company is known by others.
    now = rejected(likeliest)
    assert (now.keys(), now[None]) == ({None, 4}, asked[None])
    assert now[4]["candidate_entity_id"] == entity[1]
    assert rejected(4) == {None: asked[None]}
    assert world.rows(DEFERRED) == []


def namesakes(*born: str) -> list[Row]:
    """Contacts who differ in nothing but their days of birth."""
    return [
        contact(number, **ANN, Phone="+1 212 555 0188") | {"Date of Birth": day}
        for number, day in enumerate(born, 1)
    ]
