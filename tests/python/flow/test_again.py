"""Importing again: nothing moves but what the source newly says."""

import csv

from flow.world import Row, World, contact

FILE = "zoho/Contacts_2026_10_01.csv"
UNDECIDED = ("--status", "pending", "--status", "needs_review")
DATA = ("--data-only", "--exclude-table-data=qinexus.ingestion_jobs")


def test_the_same_files_and_a_full_build_change_nothing(imported: World) -> None:
    edit = """
        update core.people set job_title = 'Regional Manager', sensitivity_level = 'restricted'
        where given_name = 'Dana' returning id
    """
    assert len(imported.rows(edit)) == 1
    before = imported.dump(*DATA)
    assert "Regional Manager" in before

    again = imported.json("ingest", imported.samples)
    # The members of archives are files as well.
    assert again["register"]["counts"] == {"known": imported.count("qinexus.files")}
    assert again["stage"]["rows"] == {"read": 0, "staged": 0, "rejected": 0, "repeated": 0}
    assert imported.dump(*DATA) == before

    imported.qios("build", "--full-refresh", "--quiet")
    assert imported.dump(*DATA) == before


def test_a_copy_of_a_file_is_nothing_new(imported: World) -> None:
    copy = imported.folder / "copy.csv"
    copy.write_bytes((imported.samples / FILE).read_bytes())
    files = imported.count("qinexus.files")
    summary = imported.json("ingest", copy)
    (file,) = summary["register"]["files"]
    assert (file["outcome"], file["first_path"]) == ("copy", str(imported.samples / FILE))
    assert summary["stage"]["files"] == []
    assert imported.count("qinexus.files") == files


def test_a_series_of_exports(imported: World) -> None:
    """A later export moves what it newly says and nothing else; then a value comes back."""
    first = exported(imported)
    dana, samuel, new = first[0]["Record Id"], first[1]["Record Id"], contact(1)["Record Id"]
    assert (first[0]["First Name"], first[1]["First Name"]) == ("Dana", "Samuel")
    imported.rows("update core.people set job_title = 'By hand', sensitivity_level = 'restricted'")
    people = imported.count("core.people")

    # One changed telephone number, one new contact, the rest repeated.
    second = [dict(row) for row in first]
    second[0]["Phone"] = "614-555-0199"
    second.append(
        dict.fromkeys(first[0], "")
        | {"Record Id": new, "Last Name": "Newcomer", "Email": "new@example.com"}
    )
    counts, rows = staged(imported, "second.csv", second)
    assert counts == {"read": 42, "staged": 2, "rejected": 0, "repeated": 40}
    assert {row["display_name"] for row in rows} == {"Dana Whitfield", "Newcomer"}
    assert [row["row_number"] for row in rows] == [1, 42]
    # Notion's Dana may be her, or another: that is asked, and her row does not wait for it.
    assert [row["problem_codes"] for row in rows] == [[], []]
    imported.qios("review", "approve", "--reason", "duplicate_candidate", "--as-new")

    before = imported.versions()
    promoted = imported.json("promote")
    assert promoted["entities"] == {"inserted": 1, "updated": 1}
    touched, added = moved(before, imported.versions())
    phone = identifier_of(imported, dana, "phone")
    assert (phone["value"], phone["raw_value"]) == ("+16145550199", "614-555-0199")
    assert touched == {
        "core.identifiers": {str(phone["id"])},
        "qinexus.source_values": {str(phone["id"])},
    }
    assert added == {
        "core.entities": 1,
        "core.people": 1,
        "core.identifiers": 1,
        "qiconnect.external_ids": 1,
        "qinexus.source_values": 4,
        # The rows of both contacts lead to all that they speak of, Dana's organization included.
        "qinexus.source_entity_links": 12 + 4,
        # The policy's own decision; one for what a statement inserted, a table's rows and what the
        # source said of them; and one for each of the two rows that changed.
        "core.audit_events": 1 + (5 + 4) + 2,
    }
    assert edited(imported) == people

    # The old number is a change again; a number that is gone has an end; a title is asked about.
    third = [dict(row) for row in second]
    third[0]["Phone"] = first[0]["Phone"]
    third[1]["Phone"] = ""
    third[1]["Account Name.id"] = third[1]["Account Name"] = ""
    for heading in ("Street", "City", "State", "Zip", "Country"):
        third[1][f"Mailing {heading}"] = ""
    third[2]["Title"] = "Head of Accounts"
    counts, _ = staged(imported, "third.csv", third)
    assert counts == {"read": 42, "staged": 3, "rejected": 0, "repeated": 39}
    imported.qios("promote")
    assert identifier_of(imported, dana, "phone")["value"] == "+16145550101"
    gone = identifier_of(imported, samuel, "phone")
    assert gone["raw_value"] == first[1]["Phone"]
    assert gone["ended_at"] is not None
    assert ended(imported, gone["entity_id"]) == {"works_for": True, "mailing": True}
    assert edited(imported) == people
    (item,) = imported.rows(
        """
        select person.given_name, item.explanation -> 'job_title' ->> 'theirs' as theirs,
            item.explanation -> 'job_title' -> 'row' as row
        from qiaccess.classification_queue as item
        inner join core.people as person on person.id = item.target_id
        where item.waiting_reason = 'conflict'
        """
    )
    assert item == {"given_name": first[2]["First Name"], "theirs": "Head of Accounts", "row": 3}

    # And it comes back.
    third[1] = dict(first[1])
    staged(imported, "fourth.csv", third)
    imported.qios("promote")
    back = identifier_of(imported, samuel, "phone")
    assert (back["raw_value"], back["ended_at"]) == (first[1]["Phone"], None)
    assert ended(imported, back["entity_id"]) == {"works_for": False, "mailing": False}
    assert (
        imported.value("select count(*) from core.people where sensitivity_level <> 'restricted'")
        == 1
    )


def exported(world: World) -> list[Row]:
    with (world.samples / FILE).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def staged(world: World, name: str, contacts: list[Row]) -> tuple[Row, list[Row]]:
    """Register and stage an export: the counts of its rows, and what waits for review."""
    path = world.export(name, contacts, contacts[0])
    world.qios("register", path)
    counts = world.json("stage", path)["rows"]
    return counts, world.json("review", "list", *UNDECIDED)["rows"]


def moved(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> tuple[dict[str, set[str]], dict[str, int]]:
    """Table -> ids of the rows that were written again, and table -> number of new rows."""
    touched, added = {}, {}
    for table, versions in before.items():
        assert versions.keys() <= after[table].keys(), f"a row of {table} is gone"
        again = {key for key, version in versions.items() if after[table][key] != version}
        if again and table not in ("qinexus.import_batches", "qinexus.files"):
            touched[table] = again
        if new := len(after[table].keys() - versions.keys()):
            added[table] = new
    return touched, added


def identifier_of(world: World, record_id: str, label: str) -> Row:
    (row,) = world.rows(
        """
        select identifier.* from core.identifiers as identifier
        inner join qiconnect.external_ids as known on known.entity_id = identifier.entity_id
        where known.external_id = %s and identifier.label = %s
        """,
        record_id.removeprefix("zcrm_"),
        label,
    )
    return row


def ended(world: World, entity_id: str) -> dict[str, bool]:
    """Kind of a person's relationships and addresses -> whether it has ended."""
    rows = world.rows(
        """
        select relationship_type as kind, ended_at from core.relationships
        where source_entity_id = %s and target_entity_id is not null
        union all
        select location_type, ended_at from core.locations
        where entity_id = %s and locality is not null
        """,
        entity_id,
        entity_id,
    )
    return {row["kind"]: row["ended_at"] is not None for row in rows}


def edited(world: World) -> int:
    return world.value("select count(*) from core.people where job_title = 'By hand'")
