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
    project.write("models/canonical/core/core__tags.sql", "select gen_random_uuid() as id\n")
    model = "models/canonical/core/core__organizations.sql"
    project.replace(
        model,
        "        coalesce(organization_name, organization_external_id) as name,\n",
        "        1 as nickname,\n",
    )
    ended = project.build("core__tags", "core__organizations")
    assert ended.exit_code != 0
    assert "core__tags: the registry says that applications write this table" in ended.text
    assert "cure: make the file read {{ declared_table() }}" in ended.text
    assert ended.findings == {
        ("R0703", "core__organizations.nickname"),
        ("R0704", "core__organizations.name"),
    }
