"""Workbooks: every sheet, and every cell as a person would write it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import made
from intake.readers.tables import rows_of, tables_of
from qios.intake.readers import sheet_xml
from qios.intake.readers.sheet_xls import error_cells
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


@pytest.mark.parametrize(
    "content",
    [
        made.xls([["a", "b"], ["#DIV/0!", 1.5], ["x", "#REF!"]]),
        made.xlsb([["a", "b"], ["#DIV/0!", 1.5], ["x", "#REF!"]]),
        made.ods({"Old": [["a", "b"], ["#DIV/0!", "1.5"], ["x", "#REF!"]]}),
        made.xlsx({"Old": [["a", "b"], ["#DIV/0!", 1.5], ["x", "#REF!"]]}),
    ],
    ids=["xls", "xlsb", "ods", "xlsx"],
)
def test_errors_are_told_in_every_format(content: bytes) -> None:
    assert rows_of(content, part="Old") == [{"a": "#DIV/0!", "b": "1.5"}, {"a": "x", "b": "#REF!"}]


def test_errors_beyond_all_other_cells_are_told() -> None:
    """Where a program writes nothing but the mark, the library sees no cell."""
    error = '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    empty = "<table:table-cell/>"

    def row(*cells: str) -> str:
        texts = (
            cell
            if cell in (error, empty)
            else f"<table:table-cell {made.ODS_TEXT}><text:p>{cell}</text:p></table:table-cell>"
            for cell in cells
        )
        return f"<table:table-row>{''.join(texts)}</table:table-row>"

    rows = [row(empty, "a", "b"), row(error, "x", "1"), row(empty, "y", "2", error)]
    table = tables_of(made.ods({"A": []}, rows="".join([*rows, row(empty, error)])))["A"]
    assert table.header == ["", "a", "b"]
    assert table.rows == {1: ["#REF!", "x", "1"], 3: ["", "#REF!", ""]}
    assert table.refused[2].cells == ["", "y", "2", "#REF!"]


@given(st.data())
def test_a_damaged_xls_tells_of_no_errors_and_ends(data: st.DataObject) -> None:
    content = bytearray(made.xls([["a"], ["#REF!"]]))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    error_cells(bytes(content[: data.draw(st.integers(0, len(content)))]))


def test_an_error_in_ods_is_known_by_its_mark_or_its_formula() -> None:
    empty = 'office:value-type="string" office:string-value=""'
    cells = [
        # of LibreOffice in German, of Excel, a text, and a formula that gives a text
        ("#NV", f'table:formula="of:=NA()" {empty} calcext:value-type="error"'),
        ("#DIV/0!", 'table:formula="of:=1/0" office:value-type="float" office:value="0"'),
        ("#N/A", 'office:value-type="string"'),
        ("# 1!", 'table:formula="of:=A1" office:value-type="string"'),
        ("Err:502", f'table:number-columns-repeated="2" table:formula="of:=B1" {empty}'),
    ]
    row = "".join(
        f"<table:table-cell {about}><text:p>{text}</text:p></table:table-cell>"
        for text, about in cells
    )
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    rows = f"{blank}<table:table-row>{row}</table:table-row>" * 2
    found = tables_of(made.ods({"A": []}, rows=rows))["A"]
    shown = [*(text for text, _ in cells), "Err:502"]
    assert (found.header, list(found.rows.values())) == (shown, [shown])


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
