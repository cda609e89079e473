"""The error cells of an ODS workbook, which the library gives as empty ones or as zeros.

The format has no errors. LibreOffice writes an empty text with a mark of its own, Excel the number
zero; what the cell shows is the error in both.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from qios.content.kinds import ZIP_FAULTS
from qios.intake.readers.sheet_xml import BLOCK_BYTES, TAIL_BYTES, Errors, attribute

_CONTENT = "content.xml"
_SHOWN = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+")
# Hardly any workbook has an error: one look spares the parser. Literal texts are found fastest.
_MARKS = (b'value-type="error"', b">#", b">Err:")
_SOME_ERROR = re.compile(rb'value-type="error"|>#[A-Z/0]+[!?]?<|>Err:[0-9]+<')
_MOST_REPEATED = 1 << 20
"""As many rows as a sheet has, so that no number in a file makes more."""


def error_cells(stream: BinaryIO) -> dict[str, Errors]:
    """Sheet -> its error cells; nothing of a file that is no ODS, or is damaged."""
    from defusedxml import ElementTree

    try:
        with zipfile.ZipFile(stream) as members:
            if not _has_some(members):
                return {}
            with members.open(_CONTENT) as content:
                return _collect(ElementTree.iterparse(content, events=("start", "end")))
    except (*ZIP_FAULTS, ElementTree.ParseError):
        return {}


def _has_some(members: zipfile.ZipFile) -> bool:
    tail = b""
    with members.open(_CONTENT) as content:
        while block := content.read(BLOCK_BYTES):
            text = tail + block
            if any(mark in text for mark in _MARKS) and _SOME_ERROR.search(text):
                return True
            tail = block[-TAIL_BYTES:]
    return False


def _collect(events: Iterator[tuple[str, Any]]) -> dict[str, Errors]:
    found: dict[str, Errors] = {}
    errors: Errors = {}
    row = 0
    for event, element in events:
        tag = element.tag.rpartition("}")[2]
        if (event, tag) == ("start", "table"):
            errors, row = found.setdefault(attribute(element, "name"), {}), 0
        elif (event, tag) == ("end", "table-row"):
            again = _repeated(element, "number-rows-repeated")
            if in_row := dict(_in_row(element)):
                errors.update(dict.fromkeys(range(row, row + again), in_row))
            row += again
            element.clear()
    return found


def _in_row(row: Any) -> Iterator[tuple[int, str]]:
    """Column and text of each error in a row."""
    column = 0
    for cell in row:
        again = _repeated(cell, "number-columns-repeated")
        if text := _error(cell):
            yield from ((at, text) for at in range(column, column + again))
        column += again


def _error(cell: Any) -> str | None:
    """What an error cell shows; None of any other cell, also of one with such a text in it."""
    marked = any(
        name.endswith("}value-type") and value == "error" for name, value in cell.attrib.items()
    )
    if not (marked or attribute(cell, "formula")):
        return None
    shown = "".join(text for part in cell if part.tag.endswith("}p") for text in part.itertext())
    return shown if marked or _SHOWN.fullmatch(shown) else None


def _repeated(element: Any, name: str) -> int:
    number = attribute(element, name)
    return min(int(number), _MOST_REPEATED) if number.isdecimal() else 1
