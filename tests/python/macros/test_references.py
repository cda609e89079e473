"""apply_references(): foreign keys come last, and are what the registry says."""

from macros.catalog import objects
from projects import Project
from qios.server import connection

KEY = "people_entity_id_fkey"


def test_foreign_keys_are_added_validated_or_refused(
    project_copy: Project, built: connection.Settings
) -> None:
    expected = [objects(project_copy, table) for table in ("core.people", "core.organizations")]
    people = f"alter table core.people drop constraint {KEY}"
    project_copy.sql(people)
    project_copy.sql("alter table core.organizations drop constraint organizations_entity_id_fkey")
    project_copy.sql(
        "alter table core.organizations add constraint organizations_entity_id_fkey"
        " foreign key (entity_id) references core.entities not valid"
    )
    ended = project_copy.build("qieos__seed_modules")
    assert ended.exit_code == 0, ended.text
    assert expected == [
        objects(project_copy, table) for table in ("core.people", "core.organizations")
    ]

    project_copy.sql(people)
    project_copy.sql(
        "insert into core.people (entity_id, full_name) values (gen_random_uuid(), 'Nobody')"
    )
    project_copy.sql("alter table qisystem.modules drop constraint modules_schema_name_fkey")
    ended = project_copy.build("qieos__seed_modules")
    assert ended.exit_code != 0
    assert ended.findings == {("R1201", f"core.people.{KEY}")}
    assert "1 rows point nowhere" in ended.text
    assert "modules_schema_name_fkey" in objects(project_copy, "qisystem.modules")
