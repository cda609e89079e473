"""Every change of the registry since a commit is found, graded and, if major, answered for."""

import json
import shutil

from projects import Project, commit
from qios.change.grading import Graded, graded_differences
from qios.change.revision import seeds_at
from qios.registry.model import Registry

KEYS = {
    "qieos.fields": ("field_key",),
    "qieos.tables": ("schema_name", "table_name"),
    "qieos.field_usages": ("schema_name", "table_name", "column_name"),
    "qieos.schemas": ("schema_name",),
    "qieos.rules": ("rule_code",),
    "qinexus.sources": ("source_key",),
    "qivault.redaction_rules": ("rule_key",),
}
# Grade, registry, row and the cells that are changed; the first of them has the grade.
CELLS = """
major qieos.fields email sensitivity_level=public
minor qieos.fields email sensitivity_level=secret
major qieos.fields email sensitivity_level=
major qieos.fields email data_category=none
major qieos.fields email data_type=uuid
minor qieos.fields position data_type=bigint
patch qieos.fields email description=Mail
patch qieos.fields email aliases=mail
major qieos.tables qilife.tasks owner=core
major qieos.tables qilife.tasks source_of_truth_policy=cached
major qieos.tables qilife.tasks sensitivity_level=internal
major qieos.field_usages qilife.tasks.due_at required=true
minor qieos.field_usages qilife.tasks.due_at required=true default_value=now()
major qieos.field_usages qilife.tasks.due_at deprecated_at=2027-01-01
patch qieos.field_usages qilife.tasks.due_at usage_notes=Latest
major qieos.schemas legal status=active
minor qieos.schemas finance status=active
major qieos.rules R0902 severity=warn
minor qieos.rules R1102 severity=error
major qinexus.sources zoho_contacts review_policy=never
major qivault.redaction_rules api_key pattern=x
"""
TASKS = {"schema_name": "qilife", "table_name": "tasks"}
DUE = TASKS | {"column_name": "due_at"}


def changes(project: Project, ref: str = "HEAD") -> list[Graded]:
    return graded_differences(
        Registry(project.root, seeds_at(project.root, ref)), Registry(project.root)
    )


def graded(project: Project) -> set[tuple[str, str]]:
    return {(change.grade, change.change.name) for change in changes(project)}


def test_nothing_differs_from_what_was_just_committed(committed: Project) -> None:
    assert changes(committed) == []
    ended = committed.qios("diff", "--ref", "HEAD")
    assert (ended.exit_code, ended.text) == (0, "no change of the registry since HEAD\n")


def test_a_changed_cell_has_its_grade(committed: Project) -> None:
    for case in filter(None, CELLS.splitlines()):
        grade, registry, key, column, *values = case.split()
        schema, table = registry.split(".")
        path = f"seeds/{schema}/{schema}__seed_{table}.csv"
        before = (committed.root / path).read_text("utf-8")
        named = dict(zip(KEYS[registry], key.split("."), strict=True))
        cells = dict(cell.split("=") for cell in (column, *values))
        committed.change_row(registry, named, **cells)
        name = f"{registry} {key}.{column.split('=')[0]}"
        assert (grade, name) in graded(committed), case
        committed.write(path, before)


def test_rows_that_come(committed: Project) -> None:
    committed.add_table("qilife.dreams", "title")
    committed.add_row(
        "qieos.field_usages", **TASKS, column_name="vow", field_key="title", required="true"
    )
    committed.add_row("qieos.field_usages", **TASKS, column_name="wish", field_key="title")
    committed.add_row("qieos.rule_waivers", rule_code="R0902", object="qilife.tasks")
    committed.add_row("qieos.schemas", schema_name="docker", status="active")
    committed.add_row("qieos.schemas", schema_name="podman", status="proposed")
    assert graded(committed) == {
        ("minor", "qieos.tables qilife.dreams"),
        ("major", "qieos.field_usages qilife.tasks.vow"),
        ("minor", "qieos.field_usages qilife.tasks.wish"),
        ("major", "qieos.rule_waivers R0902.qilife.tasks"),
        ("major", "qieos.schemas docker"),
        ("minor", "qieos.schemas podman"),
    }


def test_rows_that_go(committed: Project) -> None:
    committed.add_row("qieos.fields", field_key="mood", data_type="text")
    commit(committed.root, "a field that nothing uses")
    committed.drop_rows("qieos.fields", field_key="mood")
    committed.drop_rows("qieos.fields", field_key="email")
    committed.drop_rows("qieos.field_usages", **DUE)
    committed.drop_rows("qieos.tables", schema_name="qilife", table_name="routines")
    committed.drop_rows("qieos.field_usages", schema_name="qilife", table_name="routines")
    committed.drop_rows("qieos.statuses", status_group="record_status", status_key="merged")
    committed.drop_rows("qieos.rules", rule_code="R0902")
    assert graded(committed) == {
        ("minor", "qieos.fields mood"),
        ("major", "qieos.fields email"),
        ("major", "qieos.field_usages qilife.tasks.due_at"),
        ("major", "qieos.tables qilife.routines"),
        ("major", "qieos.statuses record_status.merged"),
        ("major", "qieos.rules R0902"),
    }


def test_a_renamed_column_is_no_lost_one(committed: Project) -> None:
    renamed = {"column_name": "finish_on", "renamed_from": "due_at", "field_key": "due_on"}
    committed.change_row("qieos.field_usages", DUE, **renamed)
    column = "qieos.field_usages qilife.tasks.finish_on"
    assert graded(committed) == {
        ("minor", f"{column}.column_name"),
        ("major", f"{column}.field_key"),
    }


def test_lowering_a_grade_does_not_help_the_change_that_does_it(committed: Project) -> None:
    grade = {"registry_name": "*", "column_name": "owner", "change_kind": "changed"}
    committed.change_row("qieos.change_grades", grade, grade="patch")
    committed.change_row("qieos.tables", TASKS, owner="core")
    assert graded(committed) == {
        ("major", "qieos.change_grades *.owner.changed.grade"),
        ("major", "qieos.tables qilife.tasks.owner"),
    }


def test_an_acknowledged_change_passes_and_only_that_one(committed: Project) -> None:
    committed.change_row("qieos.tables", TASKS, owner="core")
    ended = committed.qios("diff", "--ref", "HEAD")
    assert ended.exit_code == 1
    assert ended.findings == {("R0709", "qieos.tables qilife.tasks.owner")}
    committed.add_row(
        "qieos.change_acknowledgements",
        registry_name="qieos.tables",
        object="qilife.tasks",
        column_name="owner",
        old_cell="qilife",
        new_cell="core",
        reason="Tasks are everybody's.",
        approved_by="Ada",
        decided_on="2026-11-28",
    )
    report = json.loads(committed.qios("diff", "--ref", "HEAD", "--format", "json").text)
    assert (report["unacknowledged"], report["grade"]) == (0, "major")
    assert report["changes"][0]["acknowledgement"]["approved_by"] == "Ada"
    ended = committed.qios("diff", "--ref", "HEAD", "--format", "markdown")
    assert ended.exit_code == 0
    assert "| qieos.tables qilife.tasks.owner | qilife → core |" in ended.text
    committed.change_row("qieos.tables", TASKS, owner="qisystem")
    assert committed.qios("diff", "--ref", "HEAD").exit_code == 1
    committed.change_row("qieos.tables", TASKS, owner="core")
    commit(committed.root, "tasks move")
    committed.change_row("qieos.tables", TASKS, owner="qilife")
    commit(committed.root, "and back")
    committed.change_row("qieos.tables", TASKS, owner="core")
    assert committed.qios("diff", "--ref", "HEAD").exit_code == 1, "it was for another change"


def test_every_change_of_every_seed_has_a_grade(committed: Project) -> None:
    for relation in Registry(committed.root).seeds.paths:
        with committed.seed(relation.replace(".seed_", ".")) as rows:
            for row in rows[:3]:
                row |= {column: f"{cell}x" for column, cell in row.items()}
    assert len(changes(committed)) > 100


def test_an_empty_file_is_no_registry(committed: Project) -> None:
    committed.write("seeds/qieos/qieos__seed_rule_waivers.csv", "")
    ended = committed.qios("diff", "--ref", "HEAD")
    assert ended.exit_code == 2
    assert "qieos__seed_rule_waivers.csv is empty" in ended.text


def test_what_cannot_be_compared_is_said(committed: Project) -> None:
    ended = committed.qios("diff", "--ref", "nowhere")
    assert ended.exit_code == 2
    assert "'nowhere'" in ended.text
    assert committed.qios("diff", "--ref=--all").exit_code == 2
    empty = committed.root.parent / "empty"
    empty.mkdir()
    commit(empty, "nothing", "--allow-empty")
    shutil.rmtree(committed.root / ".git")
    shutil.move(empty / ".git", committed.root)
    assert committed.qios("diff", "--ref", "HEAD").exit_code == 2, "that commit has no registry"
    shutil.rmtree(committed.root / ".git")
    assert committed.qios("diff", "--ref", "HEAD").exit_code == 3
