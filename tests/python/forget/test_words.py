"""What names a person in a text, and what is left of the text without it; PostgreSQL decides."""

import json
import unicodedata

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qios.forget.words import MARKER, Words

SAID = (
    {"given_name": "Ann", "family_name": "O'Brien-Lee", "display_name": "Ann O'Brien-Lee"},
    {"value": "ann.lee@example.com", "raw_value": "Ann.Lee@Example.com"},
    {"value": "+16145550101", "raw_value": "614-555-0101"},
    {"value": "+4922112345678"},
)


ACCENTED = (
    {"given_name": "Zoë", "family_name": "Groß-Łącki"},
    {"value": "zoe+x@example.com"},
)


def words(*said: dict[str, str]) -> Words:
    found = Words()
    for row in said:
        found.take(row)
    return found


def names(database: psycopg.Connection, person: Words, text: str, between: int = 2) -> bool:
    named, hinted = database.execute(
        "select %(text)s ~* %(naming)s, %(text)s ~* %(hinting)s",
        {"text": text, "naming": person.naming(between), "hinting": person.hinting()},
    ).fetchone()
    assert hinted or not named
    return named


def without(
    database: psycopg.Connection, person: Words, text: str, *, in_json: bool = False
) -> str:
    for expression, flags in person.replaced(in_json=in_json):
        statement = "select regexp_replace(%s, %s, %s, %s)"
        (text,) = database.execute(statement, [text, expression, MARKER, flags]).fetchone()
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ann O'Brien-Lee came", f"{MARKER} came"),
        ("ANN M. O'BRIEN-LEE came", f"{MARKER} M. {MARKER} came"),
        ("O'Brien-Lee, Ann: yes", f"{MARKER}: yes"),
        ("Ann\nO'Brien-Lee", MARKER),
        ("ann_o'brien-lee_tag", f"{MARKER}_tag"),
        (r'{"a": "x\nAnn O\u0027Brien"}', None),
        (r'{"a": "x\nAnn O' + "'" + r'Brien-Lee"}', r'{"a": "x\n' + MARKER + '"}'),
        (
            '{"first": "Ann", "last": "O\'Brien-Lee"}',
            f'{{"first": "{MARKER}", "last": "{MARKER}"}}',
        ),
        ("mail ANN.LEE@example.com.", f"mail {MARKER}."),
        ("+1 (614) 555-0101", MARKER),
        ("call 614.555.0101!", f"call {MARKER}!"),
        ("0221 12345678", MARKER),
        ("0049 221 1234 5678", MARKER),
        ("Annual O'Brien-Leeds", None),
        ("Ann", None),
        ("joann.lee@example.com", None),
        ("614-555-01012", None),
    ],
)
def test_a_text_that_names_the_person(
    connected: psycopg.Connection, text: str, left: str | None
) -> None:
    person = words(*SAID)
    assert names(connected, person, text) == (left is not None)
    if left is not None:
        assert without(connected, person, text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ZOE GROSS-LACKI", MARKER),
        (unicodedata.normalize("NFD", "Zoë Groß\u2010Łącki"), MARKER),
        (
            "?q=Zo%C3%AB+Gro%C3%9f-%C5%81%c4%85cki&to=zoe%2Bx%40example.com",
            f"?q={MARKER}&to={MARKER}",
        ),
        ("GROSS-LACKI,%20ZOE", MARKER),
        (r'{"a": "Zo\u00eb Gro\u00df-\u0141\u0105cki"}', f'{{"a": "{MARKER}"}}'),
        ("Zob Gross-Lacki", None),
    ],
)
def test_a_name_in_other_spellings(
    connected: psycopg.Connection, text: str, left: str | None
) -> None:
    person = words(*ACCENTED)
    assert names(connected, person, text) == (left is not None)
    if left is not None:
        assert without(connected, person, text) == left


def test_a_heading_is_nobodys_name(connected: psycopg.Connection) -> None:
    text = (
        '{"Mailing Street": "9 Elm", "al": "al", "Guest Al Street": "Al Street: \\"Street\\": x"}'
    )
    left = without(connected, words({"full_name": "Al Street"}), text, in_json=True)
    assert json.loads(left) == {
        "Mailing Street": "9 Elm",
        "al": MARKER,
        f"Guest {MARKER}": f'{MARKER}: "{MARKER}": x',
    }


def test_one_word_alone_names_nobody(connected: psycopg.Connection) -> None:
    cher = words({"full_name": "Cherilyn"})
    assert cher.naming(2) == ""
    assert cher.single()
    assert connected.execute("select 'a cherilyn' ~* %s", [cher.single()]).fetchone() == (True,)
    assert not words({"full_name": "", "value": "7"})


NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=2, max_size=9)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES, st.text(max_size=20), st.text(max_size=20))
def test_nothing_is_left_of_a_name_and_json_stays_json(
    connected: psycopg.Connection, first: str, last: str, before: str, after: str
) -> None:
    before, after = before.replace("\x00", ""), after.replace("\x00", "")
    person = words({"given_name": first, "family_name": last})
    payload = json.dumps(
        {"a": f"{before} {first} {last} {after}", "b": [first, last]}, ensure_ascii=False
    )
    payload = payload.encode("utf-8", "replace").decode()
    assert names(connected, person, payload, 6)
    left = json.loads(without(connected, person, payload, in_json=True))
    assert f"{first} {last}" not in left["a"]
    assert MARKER in left["a"]
