"""What a build refuses before it writes."""

import pytest

from projects import Project
from qios.server import connection


@pytest.mark.parametrize("flag", ["--empty", "--sample=2 days"])
def test_flags_that_hide_rows_are_refused(
    project_copy: Project, built: connection.Settings, flag: str
) -> None:
    ended = project_copy.qios("build", flag)
    assert ended.exit_code != 0
    assert "cure: build without the flag" in ended.text
    query = "select count(*) from qieos.tables where deprecated_at is not null"
    assert project_copy.sql(query) == [(0,)]


def test_models_that_do_not_fit_their_contract_are_refused(
    project_copy: Project, built: connection.Settings
) -> None:
    project = project_copy
    canonical = "models/canonical/core"
    an_id = "select gen_random_uuid() as id"
    project.write(f"{canonical}/core__notes.sql", f"{an_id}\n")
    project.write(
        f"{canonical}/core__organizations.sql", f"{an_id}, null::uuid as entity_id, 1 as nickname\n"
    )
    ended = project.build("core__notes", "core__organizations")
    assert ended.exit_code != 0
    assert "core__notes: the registry says that applications write this table" in ended.text
    assert "cure: make the file read {{ declared_table() }}" in ended.text
    assert ended.findings == {
        ("R0703", "core__organizations.nickname"),
        ("R0704", "core__organizations.name"),
    }
