"""Distinct column names, the header hash, and the source that claims a header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.errors import Findings
from qios.intake.header import SURPLUS, SourceShape, distinct_names, header_hash, match_source

CONTACTS = SourceShape(
    "zoho_contacts",
    {
        "record_id": ("Record Id", "Contact Id"),
        "last_name": ("Last Name",),
        "account_name": ("Account Name", "Company Name"),
        "email": ("Email", "E-mail"),
    },
    ("record_id", "last_name"),
)
PASSWORDS = SourceShape(
    "chrome_passwords",
    {"name": ("name",), "url": ("url",), "password": ("password",)},
    ("url", "password"),
)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a#2", "a#3"]),
        (["a", "a", "a#2"], ["a", "a#3", "a#2"]),
        (["x", "", " "], ["x", "column_2", "column_3"]),
        (["", "column_1"], ["column_1#2", "column_1"]),
        (["Affiliate Rep  Monthly", "Affiliate Rep Monthly"],) * 2,
        ([SURPLUS, "a"], [f"{SURPLUS}#2", "a"]),
        (["a\0", "a\u2400"], ["a\u2400", "a\u2400#2"]),
    ],
)
def test_names_are_the_labels_wherever_that_is_possible(labels, names):
    assert distinct_names(labels) == names


@given(st.lists(st.sampled_from(["a", "a#2", "a#3", "", " ", "column_2", SURPLUS]) | st.text()))
def test_names_are_always_distinct(labels):
    names = distinct_names(labels)
    assert len(set(names)) == len(labels)
    assert SURPLUS not in names


def test_the_hash_is_of_the_exact_list():
    assert header_hash(["a", "b"]) == header_hash(("a", "b"))
    others = [["a,b"], ["a", "b "], ["b", "a"], ["A", "b"], ["a", "b", ""], ["a\udcff", "b"]]
    assert len({header_hash(labels) for labels in [["a", "b"], *others]}) == len(others) + 1
    assert len(header_hash([])) == 64


def test_a_source_is_found_by_its_markers_in_any_order_and_case():
    match = match_source(["\ufeffE-MAIL", "x", " last name ", "Contact Id"], [PASSWORDS, CONTACTS])
    assert match.source_key == "zoho_contacts"
    assert match.positions == {"email": 0, "last_name": 2, "record_id": 3}


def test_inner_spaces_are_part_of_a_label():
    assert match_source(["Record  Id", "Last Name"], [CONTACTS]) is None


def test_a_missing_marker_is_no_match():
    assert match_source(["Record Id", "Email"], [CONTACTS, PASSWORDS]) is None
    assert match_source([], [CONTACTS]) is None


def test_a_source_without_markers_claims_nothing():
    assert match_source(["a"], [SourceShape("any", {"a": ("a",)}, ())]) is None


def test_own_labels_come_before_aliases_and_twins_give_their_first():
    source = SourceShape("s", {"one": ("x", "y"), "two": ("y",)}, ("two",))
    assert match_source(["y", "x", "y"], [source]).positions == {"two": 0, "one": 1}
    assert match_source(["y"], [source]).positions == {"two": 0}


def test_more_columns_win_and_equal_claims_are_refused():
    small = SourceShape("small", {"url": ("url",)}, ("url",))
    assert match_source(["name", "url", "password"], [small, PASSWORDS]).source_key == (
        "chrome_passwords"
    )
    twin = SourceShape("edge_passwords", PASSWORDS.columns, PASSWORDS.header_markers)
    with pytest.raises(Findings, match="chrome_passwords, edge_passwords") as caught:
        match_source(["name", "url", "password"], [twin, PASSWORDS])
    assert caught.value.cure
