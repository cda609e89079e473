"""Distinct column names, and the header hash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.intake.header import (
    SURPLUS,
    distinct_names,
    find_columns,
    header_hash,
    payload_names,
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


def test_a_heading_in_other_letters_is_named_as_the_typed_view_asks_for_it() -> None:
    columns = {"email": ("Email", "E-Mail"), "due": ("Due", "Due date")}
    labels = ["EMAIL ", "Due date", "note", "Email"]
    positions = find_columns(labels, columns)
    assert payload_names(labels, positions, columns) == ["Email", "Due date", "note", "Email#2"]
    assert payload_names(labels, {}, {}) == labels
