"""stable_id() in SQL and stable_id() in Python give one id."""

import json
import subprocess
import sys
from pathlib import Path

from projects import Project
from qios.ids import stable_id
from qios.server import connection

TEXTS = ("", " ", "a", "A", "ä", "a\u0308", "日本", "🙂", "o'hara", '"', "\\", "%s", "{{ x }}")
TEXTS += ("\x1f", "\x01", "\t\r\n", "a" * 5000, "null", "\u200b", "\uffff")
SQL = """
    select first, second, {{ stable_id(["'core.people'", 'first', 'second']) }} as id
    from scratch.texts
"""


def test_sql_and_python_agree_on_odd_texts(
    project_copy: Project, built: connection.Settings
) -> None:
    project_copy.sql("create schema scratch")
    project_copy.sql("create table scratch.texts (first text, second text)")
    for text in TEXTS:
        project_copy.sql("insert into scratch.texts values (%s, 'x'), ('x', %s)", text, text)
    project_copy.sql("insert into scratch.texts values ('only', null)")
    dbt = [Path(sys.executable).with_name("dbt"), "--quiet", "show", "--inline", SQL]
    shown = subprocess.run(
        [*dbt, "--output", "json", "--limit", "-1", "--project-dir", project_copy.root],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(shown.stdout)["show"]
    assert len(found) == 2 * len(TEXTS) + 1
    for row in found:
        assert row["id"] == str(stable_id("core.people", row["first"], row["second"] or "")), row
