"""Workbooks: every sheet, and every cell as a person would write it."""

import io
import zipfile

import pytest

from content import made
from intake.readers.tables import rows_of, tables_of
from qios.intake.readers import sheet_xml
from qios.intake.reasons import FileRefused

SHEET = [
    [],
    [None, "name", "number", "flag"],
    [None, "Ann", 15, True],
    [],
    [None, "Bob", 0.5, False],
    [None, "Carol", "#DIV/0!", None],
]


def test_every_sheet_is_a_table_hidden_ones_too() -> None:
    content = made.xlsx({"One": SHEET, "Empty": [], "Two": [["a"], ["b"]]}, hidden=["Two"])
    found = tables_of(content)
    assert list(found) == ["One", "Two"]
    assert found["One"].header == ["name", "number", "flag"]
    assert list(found["One"].rows.values()) == [
        ["Ann", "15", "true"],
        ["Bob", "0.5", "false"],
        ["Carol", "#DIV/0!", ""],
    ]
    assert found["Two"].rows == {1: ["b"]}


def test_an_error_cell_is_found_wherever_the_blocks_of_the_file_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [["a", "b"], *[[str(at), "#N/A" if at % 7 == 0 else at] for at in range(200)]]
    for size in (50, 333, 5000):
        monkeypatch.setattr(sheet_xml, "BLOCK_BYTES", size)
        monkeypatch.setattr(sheet_xml, "TAIL_BYTES", 120)
        found = rows_of(made.xlsx({"A": rows}), part="A")
        assert [row["b"] for row in found] == [
            "#N/A" if at % 7 == 0 else str(at) for at in range(200)
        ]


def test_a_number_that_a_spreadsheet_rounds_is_seen_to_be_rounded() -> None:
    (row,) = rows_of(made.xlsx({"A": [["id", "n"], [5514002000000700001, 10**14 + 1]]}), part="A")
    assert row == {"id": "5.5140020000007e+18", "n": "100000000000001"}


@pytest.mark.parametrize(
    "content",
    [
        made.xls([["a", "b"], ["x", 15.0], ["y", 1.5]]),
        made.ods({"Old": [["a", "b"], ["x", "15"], ["y", "1.5"]]}),
        made.xlsx({"Old": [["a", "b"], ["x", 15], ["y", 1.5]]}, namespace=made.STRICT),
    ],
    ids=["xls", "ods", "strict"],
)
def test_other_formats_give_the_same_rows(content: bytes) -> None:
    assert rows_of(content, part="Old") == [{"a": "x", "b": "15"}, {"a": "y", "b": "1.5"}]


def test_a_sheet_that_would_not_fit_into_memory_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(made.xlsx({"A": [["a"]]}))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", far
    )
    with pytest.raises(FileRefused, match="sheet_too_large"):
        tables_of(made.zipped(members))


@pytest.mark.parametrize("kept", [1600, 2000, 3000])
def test_a_damaged_workbook_is_refused(kept: int) -> None:
    with pytest.raises(FileRefused, match="damaged_file"):
        tables_of(made.xls([["a", "b"], ["x", 15.0]])[:kept])
