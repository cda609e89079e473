"""docs/specification-coverage.md quotes the whole specification, and what it names is there."""

import re
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from qios.paths import project_root
from qios.registry.model import Registry

ROOT = project_root()
PAGE = ROOT / "docs/specification-coverage.md"
REGISTRY = Registry(ROOT)
RULES = {row["rule_code"] for row in REGISTRY.seeds["qieos.rules"] if not row["deprecated_at"]}
# Section → how many sentences it has, a list counted with the words that introduce it.
SENTENCES = """
1:5 2:4 3.1:2 3.2:2 3.3:2 4.1:5 4.2:6 4.3:8 4.4:8 4.5:9 4.6:5 4.7:6 4.8:6 4.9:7 5:2 5.1:1 5.2:1
6.1:3 6.2:1 7:1 7.1:3 7.2:3 7.3:3 7.4:3 8:10 9:5 10:3 11:6 12:6 13:2 14:1 14.1:3 14.2:2 14.3:2
14.4:2 14.5:2 15:2 16:5 17:3
"""
# Of all sentences as they are quoted, so that none is shortened or reworded.
DIGEST = "054bc4d7b37c201fc4df5e1d7fbaf0b80cf2f44cd7e4f7c83e03d6f65e560607"
TABLE = re.compile(r"\b(?:core|qi[a-z]+|staging)\.[a-z_]+\b")
# What the specification calls bad, or leaves to a schema that is not approved.
NOT_THERE = {
    *("qiaccess.medical_notes", "qiserver.csv_fields", "qiserver.csv_contacts"),
    *("qiconnect.api_keys", "core.zoho_contacts_import"),
}


class Sentence(NamedTuple):
    section: str
    text: str
    kept_by: str
    tests: tuple[str, ...]

    @property
    def tables(self) -> list[str]:
        return re.findall(r"`(\w+\.\w+)`", self.kept_by)


def sentences() -> list[Sentence]:
    found, section = [], ""
    for line in PAGE.read_text("utf-8").splitlines():
        if heading := re.match(r"#{2,3} ([\d.]+) ", line):
            section = heading[1]
        elif line.startswith("| ") and not line.startswith("| sentence"):
            text, kept_by, tests = (cell.strip() for cell in line.strip("| ").split(" | "))
            paths = tuple(re.findall(r"\]\(\.\./([^)]+)\)", tests))
            found.append(Sentence(section, text, kept_by, paths))
    return found


ALL = sentences()


@cache
def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def test_no_sentence_is_left_out() -> None:
    counted = Counter(sentence.section for sentence in ALL)
    assert [f"{section}:{number}" for section, number in counted.items()] == SENTENCES.split()
    quoted = "\n".join(sentence.text for sentence in ALL)
    assert sha256(quoted.encode()).hexdigest() == DIGEST


@pytest.mark.parametrize("sentence", ALL, ids=lambda s: f"{s.section}-{s.text[:40]}")
def test_what_keeps_a_sentence_is_there(sentence: Sentence) -> None:
    codes = re.findall(r"R\d{4}", sentence.kept_by)
    assert codes or sentence.tables
    assert set(codes) <= RULES
    assert set(sentence.tables) <= set(REGISTRY.relations)
    assert sentence.tests
    tests = [read(path) for path in sentence.tests]
    for code in codes:
        assert any(code in test for test in tests), f"none of its tests breaks {code}"


@pytest.mark.parametrize("sentence", ALL, ids=lambda s: f"{s.section}-{s.text[:40]}")
def test_the_tables_and_columns_of_the_specification_exist(sentence: Sentence) -> None:
    named = set(TABLE.findall(sentence.text)) - NOT_THERE
    assert named <= set(REGISTRY.relations)
    for words in ("Example fields: ", "Suggested fields: "):
        if sentence.text.startswith(words):
            wanted = sentence.text.removeprefix(words).rstrip(".").split(", ")
            columns = REGISTRY.relations[sentence.tables[0]].live_columns
            assert set(wanted) <= {column.name for column in columns}


def test_every_rule_keeps_a_sentence_or_the_rules_themselves() -> None:
    kept = set(re.findall(r"R\d{4}", PAGE.read_text("utf-8")))
    assert {code for code in RULES - kept if not code.startswith("R01")} == set()


def test_the_defaults_of_the_schemas_are_those_of_the_specification() -> None:
    (text,) = (s.text for s in ALL if s.text.startswith("Default sensitivity by schema"))
    told = dict(re.findall(r"(\w+): (\w+)", text.partition(": ")[2]))
    registered = {
        row["schema_name"]: row["default_sensitivity"] for row in REGISTRY.seeds["qieos.schemas"]
    }
    assert told.items() <= registered.items()
    assert len(told) == 9


def test_the_page_is_linked() -> None:
    assert "specification-coverage.md" in Path(ROOT / "docs/architecture.md").read_text("utf-8")
