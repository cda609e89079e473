"""A spreadsheet comes back as it went out, whatever the cells hold."""

import csv
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qios.errors import Findings, UsageError
from qios.review.sheet.cells import comes_back, shown, unguarded
from qios.review.sheet.entries import Entry
from qios.review.sheet.read import read
from qios.review.sheet.write import CSV, WORKBOOK, write

FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
STORABLE = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
TRICKY = st.sampled_from(
    [
        *("=1+1", "+1", "-2", "@sum(A1)", "\t=cmd|' /C calc'!A0", "'quoted", "''", "007", "1e5"),
        *("12345678901234567890", "2026-11-28", "May 3", "TRUE", "a\nb", "a\r\nb", "\ra", "a;b,c"),
        *('say "hi"', " padded ", "_x0041_", "_x000D_", "\x01\x1f", "\x7f", "\U0001f600", "\ufffe"),
        *("\u202eright", "x" * 40_000, "\U0001f600" * 20_000),
    ]
)
TEXTS = st.one_of(TRICKY, st.text(STORABLE, max_size=40))
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry(cells: dict[str, str], **told: object) -> Entry:
    item = {
        "item_id": uuid.uuid4(),
        "staging_table": "zoho_contacts_raw",
        "waiting_reason": "problems",
        "problem_codes": [],
        "target": "core.people",
        "proposed_action": "new",
        "candidate_entity_id": None,
        "score": None,
        "explanation": None,
        "source_key": "zoho_contacts",
        "path": "/contacts.csv",
        "row_number": 1,
        "display_name": "",
    }
    return Entry(item | told, "0123456789abcdef", cells)


@pytest.mark.parametrize("suffix", [WORKBOOK, CSV])
@given(rows=st.lists(st.fixed_dictionaries({"a": TEXTS, "b": TEXTS, "c": TEXTS}), max_size=4))
@FEW
def test_an_unchanged_sheet_changes_nothing(
    tmp_path: Path, suffix: str, rows: list[dict[str, str]]
) -> None:
    path = tmp_path / f"{uuid.uuid4()}{suffix}"
    entries = [entry(row, display_name=row["a"], path=row["b"]) for row in rows]
    write(path, entries)
    lines = list(read(path))
    assert [line.item for line in lines] == [str(one.item["item_id"]) for one in entries]
    assert {line.fingerprint for line in lines} <= {"0123456789abcdef"}
    assert not any(line.decision or line.reason for line in lines)
    for line, one in zip(lines, entries, strict=True):
        for name, text in line.cells.items():
            assert comes_back(text, one.cells[name]), (name, one.cells[name], text)
        assert all(not one.cells[name] for name in one.cells.keys() - line.cells.keys())


@given(text=TEXTS)
@FEW
def test_no_spreadsheet_runs_a_cell_of_a_csv_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{uuid.uuid4()}.csv"
    write(path, [entry({"a": text}, display_name=text, path=text)])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        heading, line = csv.reader(stream)
    assert not [cell for cell in line if cell.startswith(FORMULA)]
    if text:
        assert comes_back(unguarded(line[heading.index("cell: a")]), text)


@given(old=TEXTS, new=TEXTS)
@FEW
def test_another_text_is_noticed(old: str, new: str) -> None:
    if shown(old).splitlines() != shown(new).splitlines():
        assert not comes_back(new, old)


def test_the_lines_of_a_file_are_counted_as_its_reader_counts_them(tmp_path: Path) -> None:
    """After a cell of two lines the next record begins further down; `;` is Excel's in Europe."""
    path = tmp_path / "back.csv"
    path.write_text(
        "item;fingerprint;decision;reason;cell: a\n1;f;NEW ;'=why;\"'x\ny\"\n\n2;f;;;\n", "utf-8"
    )
    first, second = read(path)
    assert (first.number, first.decision, first.reason, first.cells) == (
        2,
        "new",
        "=why",
        {"a": "x\ny"},
    )
    assert (second.number, second.item) == (5, "2")


def test_a_workbook_offers_the_decisions_of_each_line(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "review.xlsx"
    write(path, [entry({}), entry({}), entry({}, waiting_reason="duplicate_candidate")])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert 'sqref="J2:J3"' in sheet
    assert '<formula1>"new,reject"</formula1>' in sheet
    assert '<formula1>"new,match,reject"</formula1>' in sheet
    assert path.stat().st_mode & 0o077 == 0


def test_files_that_are_none_of_ours_are_refused(tmp_path: Path) -> None:
    other, latin = tmp_path / "other.csv", tmp_path / "latin.csv"
    other.write_text("a,b\n1,2\n", "utf-8")
    latin.write_bytes("item,fingerprint,decision,reason\n1,f,new,gr\xfcn\n".encode("latin-1"))
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no workbook")
    for path, error in (
        (other, UsageError),
        (tmp_path / "none.csv", UsageError),
        (tmp_path / "review.ods", UsageError),
        (latin, Findings),
        (broken, Findings),
    ):
        with pytest.raises(error):
            list(read(path))
    with pytest.raises(UsageError, match="is there already"):
        write(other, [])
    with pytest.raises(UsageError, match="cannot be written"):
        write(tmp_path / "no folder" / "review.csv", [])
    assert other.read_text("utf-8") == "a,b\n1,2\n"
