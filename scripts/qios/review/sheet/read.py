"""The lines of a spreadsheet that came back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qios.errors import Findings, UsageError
from qios.review.sheet.cells import unguarded
from qios.review.sheet.table import CELL, DECISION, FINGERPRINT, ITEM, REASON
from qios.review.sheet.write import CSV, WORKBOOK

NEEDED = (ITEM, FINGERPRINT, DECISION, REASON)


@dataclass(frozen=True)
class Line:
    """number: of the line in the file or of the row in the sheet, 1 being the heading.
    cells: column of the staged row -> what the line says."""

    number: int
    item: str
    fingerprint: str
    decision: str
    reason: str
    cells: dict[str, str]


def read(path: Path) -> Iterator[Line]:
    """The lines that name an item. UsageError where the file is none of ours."""
    readers = {WORKBOOK: _workbook_rows, CSV: _csv_rows}
    if path.suffix.lower() not in readers:
        raise UsageError(f"{path} is neither {WORKBOOK} nor {CSV}", "give it one of these endings")
    if not path.is_file():
        raise UsageError(f"{path} is no file", "name what `qios review export` wrote")
    rows = readers[path.suffix.lower()](path)
    _, names = next(rows, (1, []))
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise UsageError(
            f"{path} has no column {', '.join(missing)}",
            "give back the file that `qios review export` wrote, with its headings",
        )
    for number, texts in rows:
        said = dict(zip(names, texts, strict=False))
        if any(texts):
            yield Line(
                number,
                *(said.get(name, "").strip() for name in (ITEM, FINGERPRINT)),
                said.get(DECISION, "").strip().lower(),
                said.get(REASON, "").strip(),
                {n.removeprefix(CELL): text for n, text in said.items() if n.startswith(CELL)},
            )


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(number of the line on which it begins, texts); the delimiter is the heading's."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Findings(
            f"{path} is not UTF-8: byte {error.start} cannot be read",
            "save it as `CSV UTF-8`, or use a workbook",
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    began = 1
    for texts in reader:
        yield began, [unguarded(text) for text in texts]
        began = reader.line_num + 1


def _workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise Findings(f"{path} cannot be read as a workbook", "save it as XLSX anew") from error
    for number, row in enumerate(rows, 1):
        yield number, [_text(value) for value in row]


def _text(value: Any) -> str:
    """A cell as text: a number that was typed over a text is whole where it is."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
