"""The JSON object of a row and the hash of its content."""

import json

from hypothesis import given
from hypothesis import strategies as st

from qios.intake.header import distinct_names
from qios.intake.payload import PayloadText, content_hashes, encode

CELLS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\x7f\n\x1f\u2028'))
CLEAN_ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6)
ANY_ROW = st.lists(st.text(st.characters() | st.sampled_from("\0\udcff\x7f")), max_size=5)


def hashes(rows: list[list[str]]) -> list[str]:
    return content_hashes(encode(rows).contents)


@given(st.lists(st.text(), min_size=1, max_size=4), ANY_ROW)
def test_an_object_holds_every_cell_under_its_name(labels, row):
    names = distinct_names(labels)
    text = PayloadText(names).of_cells(row)
    text.encode()
    shown = ["".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in cell) for cell in row]
    shown = [cell.replace("\0", "\u2400") for cell in shown]
    expected = list(zip(names, shown, strict=False))
    if len(row) > len(names):
        expected.append(("_surplus", shown[len(names) :]))
    assert json.loads(text, object_pairs_hook=list) == expected


def test_percent_signs_and_braces_are_only_text():
    text = PayloadText(["Item Tax %", "{x} %s"]).of_cells(["5 %", "{0}"])
    assert json.loads(text) == {"Item Tax %": "5 %", "{x} %s": "{0}"}


def test_an_unreadable_line_is_surplus():
    text = PayloadText(["a"]).of_line('1,"open\0\udcff')
    assert json.loads(text) == {"_surplus": ['1,"open\u2400\ufffd']}


@given(CLEAN_ROWS, CLEAN_ROWS)
def test_equal_content_means_equal_cells(some, others):
    rows = some + others
    # The company a row is encoded in must not matter.
    assert hashes(rows) == hashes(some) + hashes(others)
    assert len(set(hashes(rows))) == len({tuple(row) for row in rows})


def test_cells_are_not_run_together():
    rows = [["a", "b"], ["a\x7fb"], ["a\\u007fb"], ["a", "b", ""], ["", "a", "b"], ["a,b"]]
    assert len(set(hashes(rows))) == len(rows)


def test_a_hash_has_the_size_of_a_uuid():
    (digest,) = hashes([["Zoë", "1"]])
    assert len(digest) == 16
