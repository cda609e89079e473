"""JSON and JSON Lines as tables: nothing inferred, nothing lost."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.readers.tables import rows_of, tables_of
from qios.intake.readers import json_records, json_text
from qios.intake.readers.json_text import JsonStream, cell_text
from qios.intake.readers.json_text import json_text as as_json
from qios.intake.reasons import FileRefused

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=8,
)


def test_a_list_of_objects_is_a_table_of_all_their_keys() -> None:
    first = b'{"a": 1.50, "b": null}'
    second = b'{"b": "x", "c": {"d": [1, 2.0, true]}}'
    third = b'{"a": 12345678901234567890}'
    assert rows_of(b"[" + b", ".join([first, second, third]) + b"]") == [
        {"a": "1.50", "b": "", "c": ""},
        {"a": "", "b": "x", "c": '{"d": [1, 2.0, true]}'},
        {"a": "12345678901234567890", "b": "", "c": ""},
    ]


def test_each_list_in_an_object_is_a_table() -> None:
    content = b'{"meta": 1, "people": [{"n": "Ann"}], "tags": ["x"], "places": [{"p": "B"}]}'
    assert {name: table.header for name, table in tables_of(content).items()} == {
        "people": ["n"],
        "places": ["p"],
    }
    assert rows_of(content, part="people") == [{"n": "Ann"}]


def test_an_object_without_lists_is_a_row_and_a_list_without_objects_a_column() -> None:
    assert rows_of(b'{"a": 1, "b": [1]}') == [{"a": "1", "b": "[1]"}]
    assert rows_of(b'[1, "x", [2]]') == [{"value": "1"}, {"value": "x"}, {"value": "[2]"}]
    assert rows_of(b'[{"a": 1}, 2]') == [{"a": "1", "value": ""}, {"a": "", "value": "2"}]


def test_a_key_that_stands_twice_keeps_both_values() -> None:
    assert rows_of(b'[{"a": 1, "a": 2}]') == [{"a": "1", "a#2": "2"}]


def test_a_line_that_is_no_json_is_a_refused_row() -> None:
    table = tables_of(b'{"a": 1}\n\n{"a": \n{"b": 2}\n{"a": 3}\n', "a.jsonl")[""]
    assert table.header == ["a", "b"]
    assert table.rows == {1: ["1", ""], 3: ["", "2"], 4: ["3", ""]}
    assert table.refused[2].reasons == ("malformed_json",)
    assert table.refused[2].line_number == 3


@pytest.mark.parametrize(
    "text", ['[{"a": 1},]', '[{"a": 1}', '{"a": 1}}', '{"a" 1}', "[" * 3000, '{"a": tru}']
)
def test_broken_json_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(FileRefused, match="malformed_json"):
        tables_of(text.encode(), "a.json")


def test_cells_that_no_database_holds_are_refused_rows() -> None:
    table = tables_of(rb'[{"a": "x\u0000"}, {"a": "\ud800"}, {"a": "good"}]')[""]
    assert [refused.reasons for refused in table.refused.values()] == [
        ("nul_byte",),
        ("invalid_encoding",),
    ]
    assert table.rows == {3: ["good"]}


def test_objects_of_ever_new_keys_are_cells_and_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "MAX_COLUMNS", 3)
    content = json.dumps([{f"k{number}": number} for number in range(5)]).encode()
    assert rows_of(content)[1] == {"value": '{"k1": 1}'}


@given(st.lists(VALUES, max_size=5), st.integers(1, 9))
def test_values_come_one_by_one_however_the_text_is_cut(values: list, block: int) -> None:
    text = json.dumps(values, ensure_ascii=False)
    original, json_text.BLOCK_CHARS = json_text.BLOCK_CHARS, block
    try:
        stream = JsonStream(io.StringIO(text))
        found = list(stream.items())
        stream.end()
    finally:
        json_text.BLOCK_CHARS = original
    assert [json.loads(as_json(value)) for value in found] == values
    assert all(isinstance(cell_text(value), str) for value in found)
