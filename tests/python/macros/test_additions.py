"""A new table, a new field, a new column of a seed: registry rows, and one line of SQL."""

from macros.catalog import columns, objects
from projects import Project
from qios.server import connection


def test_a_table_and_a_seeds_column_are_added_by_registry_rows(
    project_copy: Project, built: connection.Settings
) -> None:
    project = project_copy
    project.add_table("qilife.goals", "title", "due_at")
    # Reserved words of SQL are names like any other.
    project.add_column("qilife.goals.order", "position", required="true", unique="order")
    project.add_column("qilife.goals.references", "project_id", references="qilife.projects")
    environments = "seeds/qisystem/qisystem__seed_environments.csv"
    header = (project.root / environments).read_text(encoding="utf-8").splitlines()[0]
    project.replace(environments, header, f"{header},group")
    with project.seed("qisystem.environments") as seed:
        for line in seed:
            line["group"] = f"of {line['environment_key']}"
    project.add_column("qisystem.seed_environments.group", "tag_group")
    project.add_column("qisystem.environments.group", "tag_group", written_by="dbt")
    project.derive()
    ended = project.build()
    assert ended.exit_code == 0, ended.text

    assert project.sql('select "group" from qisystem.environments order by 1') == [
        ("of ci",),
        ("of development",),
        ("of production",),
    ]
    assert columns(project, "qilife.goals")["order"].startswith("integer not null")
    made = objects(project, "qilife.goals")
    assert made["goals_order_key"] == 'UNIQUE ("order")'
    assert made["goals_references_fkey"] == (
        'FOREIGN KEY ("references") REFERENCES qilife.projects(id)'
    )
    assert project.sql("select count(*) from qieos.tables where table_name = 'goals'") == [(1,)]
