"""Exports of a Notion workspace: each task and project once, however often it is given."""

from dataclasses import replace
from typing import Any

from flow.world import World
from notion_export import PROJECTS, SAMPLE, TASKS, page_id, zipped

TASK_ROWS = """
    select task.title, task.status, task.priority, task.is_all_day, project.name as project,
        parent.title as parent, assignee.display_name as assignee,
        to_char(task.due_at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI') as due,
        array_to_string(task.categories, ',') as tags
    from qilife.tasks as task
    left join qilife.projects as project on project.id = task.project_id
    left join qilife.tasks as parent on parent.id = task.parent_task_id
    left join core.entities as assignee on assignee.id = task.assignee_entity_id
    order by task.title
"""
RELATIONSHIPS = """
    select source.display_name || ' ' || link.relationship_type || ' ' || target.display_name
        || case when link.ended_at is null then '' else ' (ended)' end as said
    from core.relationships as link
    inner join core.entities as source on source.id = link.source_entity_id
    inner join core.entities as target on target.id = link.target_entity_id
    order by 1
"""


def said(world: World) -> set[str]:
    return {row["said"] for row in world.rows(RELATIONSHIPS)}


def test_each_task_once_however_often_it_is_given(world: World) -> None:
    one = SAMPLE.write(world.folder / "one.zip")
    first = world.json("ingest", one)
    assert_all_is_there(world, first)

    content = world.content()
    again = world.json("ingest", one)
    assert again["register"]["counts"] == {"known": first["register"]["counts"]["new"]}
    anew = world.json("ingest", SAMPLE.write(world.folder / "anew.zip", junk=True, level=1))
    counts = anew["register"]["counts"]
    assert (counts["new"], counts["skipped"]) == (2, 1)
    assert again["stage"]["rows"]["read"] == anew["stage"]["rows"]["read"] == 0
    tables = [table for table in content if not table.startswith('"qinexus"')]
    assert {table: world.content()[table] for table in tables} == {t: content[t] for t in tables}

    before = world.versions()
    proofread = TASKS[2] | {"Due": "October 3, 2026", "Parent-task": ""}
    later = replace(SAMPLE, tasks=[*TASKS[:2], proofread, *TASKS[3:]])
    assert (
        world.json("ingest", later.write(world.folder / "two.zip"))["stage"]["rows"]["staged"] == 1
    )
    after = world.versions()
    changed = {
        table: {row for row in after[table] if after[table][row] != before[table].get(row)}
        for table in ("qilife.tasks", "qilife.projects", "core.entities", "core.tags")
    }
    assert {table: len(rows) for table, rows in changed.items() if rows} == {"qilife.tasks": 1}
    task = "select title, is_all_day, parent_task_id from qilife.tasks where id = %s"
    assert world.rows(task, *changed["qilife.tasks"]) == [
        {"title": "Proofread posters", "is_all_day": True, "parent_task_id": None}
    ]
    assert "Proofread posters part_of Print posters (A2, A3) (ended)" in said(world)
    assert "Proofread posters part_of Spring fair" in said(world)


def assert_all_is_there(world: World, ingested: Any) -> None:
    assert ingested["stage"]["rows"] == {"read": 22, "staged": 8, "rejected": 0, "repeated": 14}
    views = [file for file in ingested["stage"]["files"] if file["view_of"]]
    assert len(views) == 4
    assert all(file["view_of"].endswith("_all.csv") for file in views)
    assert not any(file["drift"] for file in ingested["stage"]["files"])

    tasks = {row.pop("title"): row for row in world.rows(TASK_ROWS)}
    assert set(tasks) == {task["Task name"] for task in TASKS}
    assert tasks["Proofread posters"] == {
        "status": "needs_action",
        "priority": 7,
        "is_all_day": False,
        "project": "Spring fair",
        "parent": "Print posters (A2, A3)",
        "assignee": "Dana Whitfield",
        "due": "2026-10-02 16:30",
        "tags": "Marketing",
    }
    assert tasks["Print posters (A2, A3)"]["due"] == "2026-10-09 00:00"
    assert tasks["Rent tents"]["status"] == "completed"
    assert world.rows("select name, status, percent_complete from qilife.projects order by 1") == [
        {"name": "Office move", "status": "planned", "percent_complete": 0},
        {"name": "Spring fair", "status": "active", "percent_complete": 25},
    ]
    assert {
        "Print posters (A2, A3) depends_on Rent tents",
        "Cancel the old lease depends_on Measure the new rooms",
        "Proofread posters part_of Print posters (A2, A3)",
        "Invite stall holders, again part_of Spring fair",
        "Print posters (A2, A3) assigned_to Robin Ashby",
    } <= said(world)
    assert len(said(world)) == 16
    assert world.count("core.people") == 2
    assert world.count("core.entity_tags") == 5
    external = world.rows("select external_id from qiconnect.external_ids")
    ids = {page_id("Tasks", task["Task name"]) for task in TASKS}
    assert ids < {row["external_id"] for row in external}
    unlinked = """
        select count(*) from staging.notion_tasks as row
        where not exists (
            select from qinexus.source_entity_links as link
            where link.import_batch_id = row.import_batch_id and link.row_number = row.row_number
                and link.target_table = 'tasks' and link.entity_id = row.entity_id
        )
    """
    assert world.value(unlinked) == 0


def test_what_left_the_export_ends_and_comes_back(world: World) -> None:
    """Assignees, owners, dependencies and tags, each of which a row names none, one or several."""
    world.json("ingest", SAMPLE.write(world.folder / "one.zip"))
    posters = TASKS[1] | {"Assignee": "Dana Whitfield", "Blocked by": "", "Tags": "Print"}
    fair = PROJECTS[0] | {"Owner": "Dana Whitfield"}
    later = replace(SAMPLE, tasks=[TASKS[0], posters, *TASKS[2:]], projects=[fair, *PROJECTS[1:]])
    tags = """
        select tag.name || case when carried.ended_at is null then '' else ' (ended)' end as said
        from core.entity_tags as carried
        inner join core.tags as tag on tag.id = carried.tag_id
        inner join core.entities as entity on entity.id = carried.entity_id
        where entity.display_name = 'Print posters (A2, A3)'
    """
    gone = {
        "Print posters (A2, A3) assigned_to Robin Ashby",
        "Print posters (A2, A3) depends_on Rent tents",
        "Spring fair assigned_to Robin Ashby",
    }
    before = said(world)
    assert gone < before
    world.json("ingest", later.write(world.folder / "two.zip"))
    assert before - said(world) == gone
    assert {f"{word} (ended)" for word in gone} < said(world)
    assert {row["said"] for row in world.rows(tags)} == {"Marketing (ended)", "Print"}
    # Files with the bytes of the first export would be known, and not be read again.
    tents, fair = TASKS[0] | {"Priority": "Low"}, PROJECTS[0] | {"Completion": "0.5"}
    third = replace(SAMPLE, tasks=[tents, *TASKS[1:]], projects=[fair, *PROJECTS[1:]])
    world.json("ingest", third.write(world.folder / "three.zip"))
    assert before <= said(world)
    assert {row["said"] for row in world.rows(tags)} == {"Marketing", "Print (ended)"}


def test_tasks_may_come_before_their_projects(world: World) -> None:
    """What relations lead to is made, and filled when an export holds it."""
    world.json("ingest", replace(SAMPLE, projects=()).write(world.folder / "tasks.zip"))
    names = "select name, status, source_system from qilife.projects order by 1"
    assert world.rows(names) == [
        {"name": "Office move", "status": "planned", "source_system": "notion_tasks"},
        {"name": "Spring fair", "status": "planned", "source_system": "notion_tasks"},
    ]
    world.json("ingest", SAMPLE.write(world.folder / "all.zip"))
    assert [row["source_system"] for row in world.rows(names)] == ["notion_projects"] * 2
    assert world.count("qilife.tasks") == len(TASKS)


def test_an_archive_of_which_only_a_part_was_taken_in_is_taken_up(world: World) -> None:
    archive = SAMPLE.write(world.folder / "one.zip")
    registered = world.json("register", archive)["counts"]["new"]
    world.rows(
        """
        delete from qinexus.file_versions as version using qinexus.files as file
        where file.id = version.file_id and file.path like '%_all.csv'
        """
    )
    world.rows("delete from qinexus.files where path like '%_all.csv'")
    assert world.json("register", archive)["counts"] == {"known": registered - 2, "new": 2}
    parents = world.rows(
        """
        select file.path from qinexus.files as file
        inner join qinexus.files as parent on parent.id = file.parent_file_id
        where file.path not like parent.path || '!/%'
        """
    )
    assert parents == []
    assert world.json("stage", archive)["rows"]["staged"] == 8


def test_an_archive_that_is_refused_stays_registered_with_the_reason(world: World) -> None:
    exports = world.folder / "exports"
    exports.mkdir()
    (exports / "bomb.zip").write_bytes(zipped({"zeros.csv": bytes(9 << 20)}))
    (exports / "cut.zip").write_bytes(zipped({"a.csv": b"a,b"})[:-9])
    (exports / "up.zip").write_bytes(zipped({"../up.csv": b"a,b\n1,2\n", "in.csv": b"a,b\n3,4\n"}))
    files = world.json("register", exports, exit_code=1)["files"]
    refused = {file["path"]: file["reason_code"] for file in files if file["reason_code"]}
    assert refused == {
        f"{exports}/bomb.zip": "archive_bomb",
        f"{exports}/cut.zip": "damaged_archive",
        f"{exports}/up.zip!/../up.csv": "unsafe_member_name",
    }
    known = world.rows(
        """
        select file.file_name, version.error_code from qinexus.files as file
        inner join qinexus.file_versions as version on version.file_id = file.id
        order by file.file_name
        """
    )
    assert [tuple(row.values()) for row in known] == [
        ("bomb.zip", "archive_bomb"),
        ("cut.zip", "damaged_archive"),
        ("in.csv", None),
        ("up.zip", None),
    ]
    (exports / "cut.zip").write_bytes(zipped({"a.csv": b"a,b\n5,6\n"}))
    world.json("register", exports / "cut.zip")
    held = world.json("stage", exit_code=1)
    assert [file["path"] for file in held["files"]] == [
        f"{exports}/up.zip!/in.csv",
        f"{exports}/cut.zip!/a.csv",
    ]
    assert held["problems"] == []


def test_a_moment_is_the_same_in_every_time_zone(world: World) -> None:
    """Sessions elsewhere write it otherwise into the journal and beside the rows."""
    due = "select due_at from qilife.tasks where title = 'Proofread posters'"
    world.qios("ingest", SAMPLE.write(world.folder / "one.zip"), PGTZ="America/New_York")
    first = world.value(due)
    proofread = TASKS[2] | {"Due": "October 5, 2026", "Priority": "High"}
    later = replace(SAMPLE, tasks=[*TASKS[:2], proofread, *TASKS[3:]])
    said = world.json("ingest", later.write(world.folder / "two.zip"), PGTZ="Asia/Tokyo")
    assert said["promote"]["conflicts"] == 0
    assert world.value(due) != first

    batch = world.value(
        "select import_batch_id::text from staging.notion_tasks order by created_at desc limit 1"
    )
    # Written again and back, so that there is an image of what the promotion left.
    world.rows("update qilife.tasks set notes = 'x'")
    world.rows("update qilife.tasks set notes = null")
    world.qios("undo", batch, "--why", "moved by nobody", PGTZ="Europe/Berlin")
    assert world.value(due) == first
