"""Decision records: what their front matter says becomes rows, and what is wrong is named."""

import csv
import io
from pathlib import Path

import pytest

from qios.errors import UsageError
from qios.paths import project_root
from qios.registry.decisions import FOLDER, SEED, decisions, decisions_seed
from qios.registry.model import Registry

RECORD = """\
---
adr_number: 0012
title: "Cells are strings: no type is guessed"
status: accepted
decided_on: 2026-11-24
context_summary: A number and a code look alike.
decision: >-
  Text until a person
  says otherwise.
superseded_by:
---

# Cells are strings
"""


@pytest.fixture
def record(tmp_path: Path):
    """Write a record into a project folder of its own, and read that folder."""

    def write(text: str, name: str = "0012-cells-are-strings.md") -> list[dict[str, str]]:
        folder = tmp_path / FOLDER
        folder.mkdir(parents=True)
        (folder / name).write_text(text, "utf-8")
        return list(decisions(tmp_path))

    return write


def test_front_matter_becomes_a_row_of_texts(record) -> None:
    assert record(RECORD) == [
        {
            "adr_number": "0012",
            "title": "Cells are strings: no type is guessed",
            "status": "accepted",
            "decided_on": "2026-11-24",
            "context_summary": "A number and a code look alike.",
            "decision": "Text until a person says otherwise.",
            "superseded_by": "",
            "file_path": "docs/decisions/0012-cells-are-strings.md",
        }
    ]


def test_a_project_without_decisions_has_no_rows(tmp_path: Path) -> None:
    assert list(decisions(tmp_path)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "message", "cure"),
    [
        ("status: accepted\n", "", "gives no status", "add the line `status: …`"),
        ("status: accepted", "status:", "gives no status", "add the line `status: …`"),
        ("0012", "0013", "adr_number is 0013, the file name says 0012", "the same number"),
        ("status:", "state: x\nstatus:", "a key state, which no", "use adr_number, title"),
        ("---\n", "", "cannot be read", "begin the file with `---`"),
        ("accepted", "[accepted]", "cannot be read", "one `key: text` a line"),
        ('"Cells are strings: no type is guessed"', "a: b", "mapping values", "holds a colon"),
    ],
)
def test_what_is_wrong_is_named_with_its_cure(record, was, becomes, message, cure) -> None:
    with pytest.raises(UsageError) as refused:
        record(RECORD.replace(was, becomes))
    assert refused.value.message.startswith("docs/decisions/0012-cells-are-strings.md: ")
    assert message in refused.value.message
    assert cure in refused.value.cure


def test_a_file_name_without_a_number_is_refused(record) -> None:
    with pytest.raises(UsageError, match=r"strings\.md: the file name does not tell the number"):
        record(RECORD, "strings.md")


def test_the_seed_has_a_row_for_each_record_of_the_project() -> None:
    registry = Registry(project_root())
    rows = list(csv.DictReader(io.StringIO(decisions_seed(registry))))
    assert [row["file_path"] for row in rows] == sorted(
        path.relative_to(registry.root).as_posix() for path in (registry.root / FOLDER).iterdir()
    )
    assert list(rows[0]) == registry.seeds.header(SEED.stem.replace("__", "."))
