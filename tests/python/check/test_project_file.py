"""A dbt_project.yml that cannot be read is told in words."""

from pathlib import Path

import pytest

from qios.check.catalogue import Evidence
from qios.errors import UsageError
from qios.registry.model import Registry


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [qios", "dbt_project.yml line 2: did not find expected"),
        ("", "dbt_project.yml says nothing by name"),
        ("- qios\n", "dbt_project.yml says nothing by name"),
    ],
)
def test_a_project_file_that_cannot_be_read(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        _ = Evidence(Registry(tmp_path)).project
