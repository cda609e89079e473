"""Whom a keyed hash knows again."""

import uuid
from pathlib import Path

import psycopg
import pytest

from qios.forget.marks import Marks, keep_marks
from qios.forget.words import Words
from qios.gate.key import HmacKey

SAID = (
    {"given_name": "Zoë", "family_name": "Groß-Lacki", "display_name": "Zoë M. Groß-Lacki"},
    {"full_name": "Cher"},
    {"value": "zoe@example.com"},
    {"value": "+16145550199"},
)
TABLE = """
    create schema core;
    create table core.forgotten_marks (
        mark_kind text, keyed_hash text unique, correlation_id uuid
    )
"""


@pytest.fixture
def marks(connected: psycopg.Connection) -> Marks:
    words = Words()
    for row in SAID:
        words.take(row)
    with connected.transaction(force_rollback=True):
        connected.execute(TABLE)
        keep_marks(connected, words, uuid.uuid4())
        keep_marks(connected, words, uuid.uuid4())
        return Marks(connected)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("met GROSS-LACKI, Zoe today", {("GROSS-LACKI", "Zoe")}),
        ("Zoë Maria Josefa Groß-Lacki", {("Zoë", "Groß-Lacki")}),
        ("Zoë and her friend Amy Groß-Lacki", set()),
        ("Zoë, Cher", set()),
        ("write to <ZOE@Example.com>.", {"ZOE@Example.com"}),
        ("joezoe@example.com", set()),
        ("call (614) 555-0199 or 001 614 555 0100", {("", "6145550199")}),
        ("0016145550199", {("", "6145550199")}),
        ("16145550199123", set()),
    ],
)
def test_a_text_names_a_forgotten_person(marks: Marks, text: str, found: set[object]) -> None:
    words = marks.words_in(text)
    assert words.names | words.addresses | words.phones == found


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("zoe@example.com", True),
        ("new@example.com ::: zoe@example.com", True),
        ("614.555.0199", True),
        ("ask zoe@example.com", False),
        ("new@example.com", False),
    ],
)
def test_a_cell_is_the_address_of_a_forgotten_person(
    marks: Marks, text: str, is_address: bool
) -> None:
    assert marks.is_address(text) == is_address


def test_a_mark_tells_nothing_without_the_key(
    marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = HmacKey(Path("another"), bytes(32))
    monkeypatch.setattr("qios.forget.marks.hmac_key", lambda: another)
    assert not marks.words_in("Zoë Groß-Lacki, zoe@example.com")
