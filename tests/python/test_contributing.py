"""The diffs in CONTRIBUTING apply, one section after the other, and do what their section says."""

import re
import subprocess

from macros.catalog import columns
from projects import Project
from qios.paths import project_root
from qios.server import connection

TEXT = (project_root() / "CONTRIBUTING.md").read_text("utf-8")
SECTIONS = {
    title: re.findall(r"```diff\n(.*?)```", body, re.DOTALL)
    for title, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
}

FOLLOWED = ADD_TABLE, ADD_COLUMN, RENAME, RETIRE = (
    *("Add a table", "Add a column"),
    *("Rename a column", "Retire a column"),
)


def follow(project: Project, section: str) -> None:
    """Apply the diffs of a section, derive, and build the table that they speak of."""
    for diff in SECTIONS[section]:
        applied = subprocess.run(
            ["git", "apply", "--unidiff-zero", "-"],
            cwd=project.root,
            input=diff,
            capture_output=True,
            text=True,
            check=False,
        )
        assert applied.returncode == 0, (section, applied.stderr)
    project.derive()
    ended = project.build("qilife__goals")
    assert ended.exit_code == 0, ended.text


def test_a_table_is_added_changed_and_a_column_retired(
    project_copy: Project, built: connection.Settings
) -> None:
    follow(project_copy, ADD_TABLE)
    follow(project_copy, ADD_COLUMN)
    project_copy.sql(
        "insert into qilife.goals (title, motivation, completed_at) values ('Run', 'Fun', now())"
    )
    assert "motivation" in columns(project_copy, "qilife.goals")

    follow(project_copy, RENAME)
    assert "completed_at" not in columns(project_copy, "qilife.goals")
    assert project_copy.sql("select reached_at is not null from qilife.goals") == [(True,)]

    follow(project_copy, RETIRE)
    assert "motivation" not in columns(project_copy, "qilife.goals")
    archived = project_copy.sql(
        "select value from qinexus.archived_values where column_name = 'motivation'"
    )
    assert archived == [("Fun",)]


def test_no_diff_is_left_out() -> None:
    assert [title for title, diffs in SECTIONS.items() if diffs] == list(FOLLOWED)
