"""An export with fewer columns than the ones before: of what it lacks, it says nothing."""

from dataclasses import replace

from flow.world import World, contact
from notion_export import SAMPLE, TASK_COLUMNS

FEW = ("Record Id", "Last Name", "Title")
STATE = """
    select person.full_name, person.job_title, employer.display_name as employer,
        job.ended_at as left_at, phone.value as phone, phone.ended_at as phone_ended_at,
        address.locality, address.ended_at as moved_at, mail.ended_at as mail_ended_at
    from core.people as person
    left join core.relationships as job on job.source_entity_id = person.entity_id
    left join core.entities as employer on employer.id = job.target_entity_id
    left join core.identifiers as phone
        on phone.entity_id = person.entity_id and phone.label = 'phone'
    left join core.identifiers as mail
        on mail.entity_id = person.entity_id and mail.label = 'email'
    left join core.locations as address
        on address.entity_id = person.entity_id and address.location_type = 'mailing'
    where person.family_name = %s
"""
FULL = {
    "First Name": "Dana",
    "Last Name": "Whitfield",
    "Title": "Clerk",
    "Account Name.id": "zcrm_77",
    "Account Name": "Larkspur",
    "Email": "dana@example.com",
    "Phone": "614-555-0101",
    "Mailing Street": "5 Main St",
    "Mailing City": "Columbus",
}
TASKS = """
    select task.title, task.status, task.priority, task.due_at is not null as is_due,
        array_to_string(task.categories, ',') as tags, project.name as project
    from qilife.tasks as task left join qilife.projects as project on project.id = task.project_id
    order by task.title
"""


def test_contacts_keep_what_a_trimmed_export_lacks(world: World) -> None:
    full = [contact(1, **FULL), contact(2, **FULL | {"Last Name": "Meier", "Email": "no address"})]
    world.qios("ingest", world.export("full.csv", full))
    (before,) = world.rows(STATE, "Whitfield")
    assert before["phone"] == "+16145550101"
    # Its address waits for a person, and who shares the telephone and the street may be the same.
    assert not world.rows(STATE, "Meier")
    world.qios("review", "approve", "--all", "--as-new")

    world.qios("promote")
    trimmed = [
        contact(1, **{"Last Name": "Whitfield", "Title": "Chief"}),
        contact(2, **{"Last Name": "Meier", "Title": "Clerk"}),
        contact(3, **{"Last Name": "New", "Title": "Guest"}),
    ]
    content = world.content()
    staged = world.json("ingest", world.export("trimmed.csv", trimmed, FEW))
    assert staged["stage"]["rows"]["staged"] == 3
    assert world.rows(STATE, "Whitfield") == [before | {"job_title": "Chief"}]
    # What an earlier row said still waits for a person, now as the trimmed row's.
    (waiting,) = world.json("review", "list")["rows"]
    assert (waiting["row_number"], waiting["problem_codes"]) == (2, ["invalid_email:email"])
    world.qios("review", "approve", "--all")
    world.qios("promote")
    for table in ('"core"."identifiers"', '"core"."locations"', '"core"."relationships"'):
        mine = [row for row in world.content()[table] if row not in content[table]]
        assert not [row for row in content[table] if row not in world.content()[table]], mine
    assert [row["full_name"] for row in world.rows(STATE, "New")] == ["New"]

    # With the column there, an empty cell is a word again.
    again = [contact(1, **FULL | {"Title": "Chief", "Phone": "", "Account Name.id": ""})]
    again[0]["Account Name"] = ""
    world.qios("ingest", world.export("again.csv", again))
    (after,) = world.rows(STATE, "Whitfield")
    assert after["phone_ended_at"]
    assert after["left_at"]
    assert not after["mail_ended_at"]
    assert not after["moved_at"]
    unsaid = world.rows("select unsaid_columns from qinexus.import_files order by created_at")
    assert [len(row["unsaid_columns"]) for row in unsaid] == [0, 8, 0]


def test_a_refused_or_superseded_row_and_what_it_said(world: World) -> None:
    """What was refused is told no more; what was only overtaken is."""
    rows = [contact(1, **FULL | {"Email": "no address"}), contact(2, **FULL | {"Email": "none"})]
    world.qios("ingest", world.export("full.csv", rows))
    world.qios("review", "reject", "--rows", "2")
    few = [contact(n, **{"Last Name": "Whitfield", "Title": "Chief"}) for n in (1, 2)]
    world.qios("ingest", world.export("trimmed.csv", few, FEW))
    world.qios("review", "approve", "--all")
    world.qios("promote")
    phones = [row["phone"] for row in world.rows(STATE + " order by phone", "Whitfield")]
    assert phones == ["+16145550101", None]


def test_tasks_keep_what_a_trimmed_table_lacks(world: World) -> None:
    world.qios("ingest", SAMPLE.write(world.folder / "full.zip"))
    before = world.rows(TASKS)
    kept = [name for name in TASK_COLUMNS if name not in ("Priority", "Tags", "Due", "Blocked by")]
    later = [task | {"Status": "Done"} for task in SAMPLE.tasks]
    trimmed = replace(SAMPLE, tasks=later, task_columns=kept)
    world.qios("ingest", trimmed.write(world.folder / "trimmed.zip"))
    assert world.rows(TASKS) == [row | {"status": "completed"} for row in before]
    links = "select count(*) from core.relationships where ended_at is null"
    number = world.value(links)
    # The same bytes again would be nothing new.
    back = replace(SAMPLE, tasks=[{"Task name": "Pay tents"}, *SAMPLE.tasks])
    world.qios("ingest", back.write(world.folder / "back.zip"))
    assert [row for row in world.rows(TASKS) if row["title"] != "Pay tents"] == before
    assert world.value(links) == number
