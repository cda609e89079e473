"""`qios review`: what waits, who decided what about it, and why."""

import pytest

from flow.world import Row, World, contact
from projects import Project

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
    listed = {row["row_number"]: row for row in summary["rows"]}
    assert {number: row["problem_codes"] for number, row in listed.items()} == {1: []} | PROBLEMS
    assert [row["review_status"] for row in listed.values()] == ["pending"] + ["needs_review"] * 4
    assert {row["import_batch_id"] for row in listed.values()} == {batch}
    assert listed[2]["path"] == str(world.folder / "contacts.csv")
    assert listed[2]["display_name"] == "Short Number"

    assert numbers(world, "--batch", batch[:8]) == [1, 2, 3, 4, 5]
    assert numbers(world, "--batch", "00000000") == []
    assert numbers(world, "--rows", "2,4-9") == [2, 4, 5]
    assert numbers(world, "--problem", "missing_value") == [4, 5]
    assert numbers(world, "--problem", "missing_value:family_name") == [4]
    assert numbers(world, "--status", "pending", "--status", "promoted") == [1]
    assert numbers(world, "--source", "zoho_contacts", "--limit", "2") == [1, 2]
    text = world.qios("review", "list").stdout
    assert batch[:8] in text
    assert "invalid_phone:phone" in text


def test_decisions_are_written_down_and_bind(world: World, batch: str) -> None:
    why = ("--why", "it is an extension")
    approved = world.json("review", "approve", "--problem", "invalid_phone", *why, QIOS_USER="ana")
    assert approved == {"changed": 1, "unchanged": 0, "refused": 0, "exit_code": 0}
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
        (("list", "--source", "notes"), "choose one of mmex_book"),
        (("list", "--status", "waiting"), "choose one of pending, needs_review"),
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
