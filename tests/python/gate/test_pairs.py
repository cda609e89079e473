"""Where one column says what the other holds, what it calls a secret is one."""

import pytest

from qios.gate.gate import WITHHELD, build_gate
from qios.gate.marker import marker
from qios.gate.values import ValueRules
from qios.intake.chunk import Chunk, Rejected

RULES = [(r"pass(word|wd)?\b", "[redacted: credential]", "credential")]
VALUES = ValueRules(((r"tok_[a-z]+", "[redacted: token]"),))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path_factory.getbasetemp() / "home"))


def gated(labels: list[str], *rows: list[str]) -> Chunk:
    numbers = list(range(1, len(rows) + 1))
    good = [list(row) for row in rows if len(row) == len(labels)]
    bad = [
        Rejected(n, n, ("extra_cell",), "", list(row))
        for n, row in zip(numbers, rows, strict=True)
        if len(row) != len(labels)
    ]
    chunk = Chunk(numbers[: len(good)], numbers[: len(good)], good, bad)
    build_gate(labels, RULES, values=VALUES).apply(chunk)
    return chunk


@pytest.mark.parametrize(
    "labels",
    [
        *(("key", "value"), ("Setting", "Value"), ("name", "content")),
        ("Custom Field 1 - Label", "Custom Field 1 - Value"),
        ("Field.Name", "Field.Value"),
    ],
)
def test_the_value_of_a_named_secret_is_replaced(labels: tuple[str, str]) -> None:
    chunk = gated(list(labels), ["colour", "red"], ["Portal password", "1234"], ["password", ""])
    hidden = marker("[redacted: credential, by its name]", "1234")
    assert chunk.rows == [["colour", "red"], ["Portal password", hidden], ["password", ""]]


def test_each_value_has_its_own_name() -> None:
    labels = ["A - Label", "A - Value", "B - Label", "B - Value", "Value"]
    chunk = gated(labels, ["password", "1", "colour", "2", "3"], ["x", "4", "password", "5", "6"])
    hidden = [marker("[redacted: credential, by its name]", value) for value in "15"]
    assert chunk.rows == [
        ["password", hidden[0], "colour", "2", "3"],
        ["x", "4", "password", hidden[1], "6"],
    ]


def test_of_a_row_of_another_shape_nothing_is_kept() -> None:
    chunk = gated(["key", "value"], ["password", "x", "1234"], ["colour", "red", "blue"])
    assert [record.cells for record in chunk.rejected] == [
        [WITHHELD] * 3,
        ["colour", "red", "blue"],
    ]


def test_so_it_is_where_a_row_lacks_its_last_cells() -> None:
    chunk = Chunk([1, 2], [1, 2], [["password"], ["1234", "password", "x"]], [])
    build_gate(["key", "value"], RULES, values=VALUES).apply(chunk)
    assert chunk.rows == [[WITHHELD], [WITHHELD] * 3]


def test_behind_a_record_that_could_not_be_read_its_cells_may_be_shifted() -> None:
    lines = ['"password,1234', '"colour,red']
    refused = [
        Rejected(n, n, ("unterminated_quote",), "", [], line) for n, line in enumerate(lines)
    ]
    chunk = Chunk([3], [3], [["1234", "password"]], refused, shape_certain=False)
    build_gate(["key", "value"], RULES, values=VALUES).apply(chunk)
    assert chunk.rows == [[WITHHELD] * 2]
    assert [record.line for record in refused] == [WITHHELD, lines[1]]


def test_a_column_is_no_name_for_what_stands_before_it() -> None:
    assert gated(["value", "name"], ["1234", "password"]).rows == [["1234", "password"]]


def test_a_value_whose_name_only_sounds_secret_is_replaced_and_says_why() -> None:
    numbers = [1, 2]
    chunk = Chunk(numbers, numbers, [["Password policy", "monthly"], ["Theme", "dark"]], [])
    gate = build_gate(["name", "value"], RULES, values=VALUES)
    gate.apply(chunk)
    first, second = chunk.rows
    assert (first[0], second) == ("Password policy", ["Theme", "dark"])
    assert first[1].startswith("[redacted: credential, by its name #")
    assert (gate.columns, gate.replaced) == ({}, {1})
