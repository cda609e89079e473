"""upsert_from_source(): a table follows its source where the source itself said something new."""

import json

from macros.catalog import rows
from projects import Project
from qios.ids import stable_id
from qios.server import connection

LANDING = "staging__zoho_contacts_raw+"
LAND = """
    insert into staging.zoho_contacts_raw (
        import_batch_id, source_file_id, row_number, raw_payload, row_key, content_hash,
        review_status
    )
    values (%s, %s, %s, %s, %s, gen_random_uuid(), 'approved')
"""
FILE, VERSION = stable_id("the", "file"), stable_id("the", "version")


def export(project: Project, number: int, contacts: dict[str, dict[str, str]]) -> dict[str, dict]:
    """Land and approve an export, promote it; the people by their external id."""
    batch = stable_id("batch", str(number))
    project.sql(
        "insert into qinexus.import_batches (id, source_id, file_version_id)"
        " select %s, sources.id, %s from qinexus.sources where source_key = 'zoho_contacts'",
        batch,
        VERSION,
    )
    for row_number, (key, cells) in enumerate(contacts.items()):
        payload = json.dumps({"Record Id": key} | cells)
        project.sql(LAND, batch, FILE, row_number, payload, stable_id("zoho", key))
    ended = project.build(LANDING)
    assert ended.exit_code == 0, ended.text
    known = "select entity_id::text, external_id from qiconnect.external_ids"
    by_entity = dict(project.sql(known))
    people = rows(project, "core.people", "entity_id")
    return {by_entity[entity]: row for entity, row in people.items()}


def test_a_table_follows_what_the_source_newly_says(
    project_copy: Project, built: connection.Settings
) -> None:
    project = project_copy
    project.sql(
        "insert into qinexus.files (id, path, file_name) values (%s, '/export.csv', 'export.csv')",
        FILE,
    )
    project.sql(
        "insert into qinexus.file_versions (id, file_id, version_number, sha256, byte_size)"
        " values (%s, %s, 1, repeat('0', 64), 1)",
        *(VERSION, FILE),
    )
    said = {key: {"Last Name": "Lee", "Title": "Clerk", "Department": "Sales"} for key in "1234"}
    first = export(project, 1, said)
    assert first["1"]["job_title"] == "Clerk"
    project.sql("update core.people set job_title = 'By hand', updated_at = now()")
    project.sql("update core.people set sensitivity_level = 'restricted', notes = 'Mine.'")
    project.sql("delete from core.people where id = %s", first["4"]["id"])
    edited = {row["id"]: row for row in rows(project, "core.people", "entity_id").values()}

    # 1 is exported as before, 2 in another department, 3 with another title; 4 as before.
    second = export(
        project,
        2,
        said | {"2": said["2"] | {"Department": "Stock"}, "3": said["3"] | {"Title": "Chief"}},
    )
    assert second.keys() == {"1", "2", "3"}  # who was deleted stays deleted
    assert second["1"] == edited[first["1"]["id"]]  # not even written again
    assert (second["2"]["job_title"], second["2"]["department"]) == ("By hand", "Stock")
    assert second["3"] == edited[first["3"]["id"]]  # both changed the title: a person decides
    assert conflicts(project) == {second["3"]["id"]: {"job_title": ("Clerk", "By hand", "Chief")}}
    for key, batch in (("1", 1), ("2", 2), ("3", 1)):
        row = second[key]
        assert row["import_batch_id"] == str(stable_id("batch", str(batch)))
        assert (row["sensitivity_level"], row["notes"]) == ("restricted", "Mine.")
        assert row["created_at"] == first[key]["created_at"]
        assert (row["updated_at"] > edited[row["id"]]["updated_at"]) == (batch == 2)

    # The source takes values back, and speaks of the deleted again; 3 changed in another column.
    third = export(
        project,
        3,
        {
            "2": {"Last Name": "Lee"},
            "3": said["3"] | {"Title": "Chief", "Department": "Stock"},
            "4": said["4"] | {"Title": "Guest"},
        },
    )
    assert (third["2"]["job_title"], third["2"]["department"]) == ("By hand", None)
    assert (third["3"]["job_title"], third["3"]["department"]) == ("By hand", "Stock")
    assert third["4"]["job_title"] == "Guest"
    assert third["4"]["sensitivity_level"] == "private"
    assert third["1"] == second["1"]
    assert conflicts(project) == {
        third["2"]["id"]: {"job_title": ("Clerk", "By hand", None)},
        third["3"]["id"]: {"job_title": ("Clerk", "By hand", "Chief")},
    }

    # 2 says what it said before the conflict, 3 another title, 1 what a person wrote long ago.
    fourth = export(
        project,
        4,
        {"2": said["2"], "3": {"Last Name": "Lee", "Title": "Boss", "Department": "Stock"}}
        | {"1": said["1"] | {"Title": "By hand"}},
    )
    assert {row["job_title"] for key, row in fourth.items() if key != "4"} == {"By hand"}
    assert fourth["1"] == third["1"]  # both changed to the same
    assert conflicts(project) == {third["3"]["id"]: {"job_title": ("Clerk", "By hand", "Boss")}}
    asked = "select status, count(*) from qiaccess.classification_queue group by 1 order by 1"
    assert project.sql(asked) == [("waiting", 1), ("withdrawn", 1)]


def conflicts(project: Project) -> dict[str, dict[str, tuple]]:
    """Id of each row with an open conflict -> column -> (base, ours, theirs)."""
    items = project.sql(
        "select target_id::text, explanation from qiaccess.classification_queue"
        " where waiting_reason = 'conflict' and status = 'waiting'"
    )
    return {
        row: {column: (it["base"], it["ours"], it["theirs"]) for column, it in columns.items()}
        for row, columns in items
    }
