"""compare(): the same either way round, highest with oneself, and never helped by a conflict."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.matching import weights
from qios.matching.compare import compare
from qios.matching.party import Address, Party, organization, person
from qios.matching.rarity import Rarity

WORDS = st.sampled_from(["", "anna", "hanna", "a", "jo", "smith", "smyth", "maria anna", "o neil"])
DATES = st.sampled_from(["", "19800102", "19800201", "19800103", "20010630"])
EMAILS = st.frozensets(st.sampled_from(["a@b.c", "ab@b.c", "a1@b.c", "a2@b.c"]), max_size=2)
PHONES = st.frozensets(st.sampled_from(["+16145550101", "+16145550102"]), max_size=2)
ADDRESSES = st.builds(
    Address,
    st.sampled_from(["", "12 oak street", "21 oak street", "12 oak stret", "7 mill lane"]),
    st.sampled_from(["", "suite 4"]),
    st.sampled_from(["", "dover", "frome"]),
    st.sampled_from(["", "12345", "12354"]),
)
PEOPLE = st.builds(
    lambda given, family, **rest: Party(
        given=given, family=family, name=f"{given} {family}".strip(), **rest
    ),
    WORDS,
    WORDS,
    birth=DATES,
    generation=st.sampled_from([None, 1, 2]),
    emails=EMAILS,
    phones=PHONES,
    addresses=st.lists(ADDRESSES, max_size=2).map(tuple),
    numbers=st.sampled_from([(), (("tax_id", "1234567"),), (("tax_id", "1234576"),)]),
)
RARITY = Rarity(1000, {"anna": 40, "hanna": 30}, {"smith": 20, "smyth": 9})
CONFLICTS = {
    "given": {"given": "xqzvw"},
    "family": {"family": "xqzvw"},
    "birth": {"birth": "19010101"},
    "generation": {"generation": 3},
    "emails": {"emails": frozenset({"x@y.z"})},
    "phones": {"phones": frozenset({"+499999"})},
}


@given(PEOPLE, PEOPLE)
def test_either_way_round_is_the_same(one: Party, other: Party) -> None:
    there, back = compare(one, other, RARITY), compare(other, one, RARITY)
    assert there.points == back.points
    assert sorted(f.points for f in there.fields) == sorted(f.points for f in back.fields)


@given(PEOPLE, PEOPLE)
def test_the_points_are_explained(one: Party, other: Party) -> None:
    compared = compare(one, other, RARITY)
    explained = sum(entry["points"] for entry in compared.explanation)
    assert explained == pytest.approx(compared.points, abs=0.06)
    assert 0 <= compared.score <= 1


@given(PEOPLE, PEOPLE)
def test_nobody_is_more_like_one_than_oneself(one: Party, other: Party) -> None:
    assert compare(one, one, RARITY).points >= 0
    told = replace(other, given=one.given, family=one.family, generation=one.generation)
    told = replace(told, birth=one.birth, emails=one.emails, phones=one.phones)
    told = replace(told, addresses=one.addresses, numbers=one.numbers)
    assert compare(one, told, RARITY).points == compare(one, one, RARITY).points


@given(PEOPLE, PEOPLE, st.sampled_from(sorted(CONFLICTS)))
def test_a_conflict_never_raises_the_points(one: Party, other: Party, field: str) -> None:
    # A given name that was swapped with the family name would no longer be compared with it.
    other = replace(other, given=one.given, family=one.family)
    conflicting = replace(other, **CONFLICTS[field])
    assert compare(one, conflicting, RARITY).points <= compare(one, other, RARITY).points


HOME = [Address.of("12 Oak Street", None, "Dover", "12345")]
SHARED = {"emails": ["the.smiths@example.com"], "phones": ["+16145550101"], "addresses": HOME}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given": "Anna", "birth": "1980-01-02"}, {"given": "Robert", "birth": "1980-01-02"}),
        ({"given": "John", "birth": "1950-01-02"}, {"given": "John", "birth": "1980-06-30"}),
        ({"given": "John", "suffix": "Sr."}, {"given": "John", "suffix": "Jr."}),
        ({"given": "John"}, {"given": "John", "suffix": "Jr."}),
        ({"given": "Anna"}, {"given": "Robert"}),
        ({}, {}),
    ],
    ids=[
        "twins",
        "father and son",
        "senior and junior",
        "a junior",
        "a couple",
        "nobody's given name",
    ],
)
def test_a_household_is_not_linked(one: dict, other: dict) -> None:
    left, right = (person(family="Smith", **side, **SHARED) for side in (one, other))
    assert compare(left, right).points < weights.LINK


@pytest.mark.parametrize(
    "seen",
    [
        {"given": "José", "family": "Garcia"},
        {"given": "Garcia", "family": "Jose"},
        {"given": "Josè", "family": "Gracia"},
        {"full": "García, José"},
    ],
    ids=["accents", "swapped", "a slip", "in one cell"],
)
def test_another_writing_of_the_name_is_linked_by_the_phone(seen: dict) -> None:
    known = person("José", "García", phones=["+16145550101"])
    assert compare(known, person(**seen, phones=["+16145550101"])).points >= weights.LINK


def test_a_mailbox_with_the_given_name_in_it_is_somebodys_own() -> None:
    """An initial and what a household shares is too little; with his own mailbox it is enough."""
    own = SHARED | {"emails": ["john.smith@example.com"]}
    one, other = {"given": "John", "family": "Smith"}, {"given": "J", "family": "Smith"}
    assert compare(person(**one, **SHARED), person(**other, **SHARED)).points < weights.LINK
    assert compare(person(**one, **own), person(**other, **own)).points >= weights.LINK
    assert compare(person("Anna", "Smith", **own), person(**one, **own)).points < weights.LINK


def test_namesakes_in_one_house_with_ways_of_their_own_to_reach_them_are_asked_about() -> None:
    old = person("John", "Smith", emails=["js@x.org"], phones=["+16145550101"], addresses=HOME)
    new = person("John", "Smith", emails=["john@y.org"], phones=["+16145550102"], addresses=HOME)
    assert weights.REVIEW <= compare(old, new).points < weights.LINK
    without = person("John", "Smith", phones=["+16145550102"], addresses=HOME)
    assert compare(old, without).points >= weights.LINK


COMMON, RARE = Rarity(1000, {"john": 99}, {"smith": 49}), Rarity(1000, {"john": 99}, {"smith": 1})


@pytest.mark.parametrize(
    ("seen", "rarity", "is_asked"),
    [
        ({"given": "John", "family": "Smith"}, RARE, True),
        ({"given": "John", "family": "Smith"}, COMMON, False),
        ({"given": "John", "family": "Smtih"}, RARE, True),
        ({"given": "Smith", "family": "John"}, RARE, True),
        ({"given": "J", "family": "Smith"}, RARE, False),
        ({"given": "John", "family": "Smith", "birth": "1950-01-02"}, RARE, False),
    ],
    ids=["a rare name", "a common one", "a slip", "swapped", "an initial", "another birthday"],
)
def test_of_namesakes_whom_nothing_else_connects_those_of_a_rare_name_are_asked_about(
    seen: dict, rarity: Rarity, is_asked: bool
) -> None:
    known = person("John", "Smith", birth="1980-06-30", emails=["j@x.org"], addresses=HOME)
    elsewhere = [Address.of("7 Mill Lane", None, "Frome", "54321")]
    points = compare(known, person(**seen, emails=["k@y.org"], addresses=elsewhere), rarity).points
    assert (points >= weights.REVIEW) == is_asked
    assert points < weights.LINK


def test_namesakes_of_whom_only_another_number_is_known_are_asked_about() -> None:
    mail = ["john@example.org"]
    known = person("John", "Smith", emails=mail, phones=["+16145550101"], addresses=HOME)
    seen = person("John", "Smith", phones=["+16145550102"])
    assert weights.REVIEW <= compare(known, seen, COMMON).points < weights.LINK
    moved = replace(seen, addresses=(Address.of("7 Mill Lane", None, "Frome", "54321"),))
    assert compare(known, moved, COMMON).points < weights.REVIEW


def test_two_names_that_differ_by_a_letter_are_asked_about() -> None:
    both = Rarity(1000, {"eric": 20, "erik": 20, "anna": 20}, {"smith": 20})
    one, other, third = (person(name, "Smith", **SHARED) for name in ("Eric", "Erik", "Anna"))
    assert weights.REVIEW <= compare(one, other, both).points < weights.LINK
    assert compare(one, third, both).points < weights.REVIEW
    born = {"birth": "1980-01-02", **SHARED}
    twins = (person(name, "Smith", **born) for name in ("Eric", "Erik"))
    assert compare(*twins, both).points < weights.LINK


def test_a_slip_in_a_name_that_was_swapped_is_asked_about() -> None:
    mail = ["eva.nono@example.org"]
    one, other = person("Eva", "Nono", emails=mail), person("Nno", "Eva", emails=mail)
    assert weights.REVIEW <= compare(one, other).points < weights.LINK
    initial = person("Nono", "E", emails=mail)
    assert weights.REVIEW <= compare(one, initial).points < weights.LINK


def test_a_name_by_itself_is_never_certain() -> None:
    rare = person("Xanthippe", "Quillfeather")
    assert weights.REVIEW <= compare(rare, rare).points < weights.LINK


def test_a_common_name_says_less() -> None:
    common = Rarity(1000, {"john": 200}, {"smith": 300})
    one = person("John", "Smith")
    assert compare(one, one, common).points < compare(one, one).points


def test_organizations_are_their_names_unless_something_contradicts() -> None:
    short, long = organization("Larkspur Inc."), organization("LARKSPUR Incorporated")
    assert compare(short, long).points >= weights.LINK
    assert compare(short, organization("Larkspur East")).points < weights.LINK
    taxed = organization("Larkspur", numbers=[("tax_id", "12-3456789")])
    other = organization("Larkspur", numbers=[("tax_id", "98-7654321")])
    assert compare(taxed, other).points < weights.LINK
    assert compare(short, person("Lark", "Spur")).points < 0
