"""What the library does not tell of an XLSX sheet: its error cells, and how large it would grow."""

import posixpath
import re
import zipfile
from typing import Any, BinaryIO

from qios.content.kinds import ZIP_FAULTS
from qios.intake.reasons import FileRefused

BLOCK_BYTES = 1 << 22
TAIL_BYTES = 4096  # longer than an error cell or the start of a row
MAX_CELLS = 100_000_000
"""The library keeps a place for every cell between the first and the last, filled or not."""

# Every known writer has double quotes, and a literal start makes the search fast.
_ERROR = b't="e"'
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>(.*?)</(?:\w+:)?c>", re.S)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</")
_WIDE = re.compile(rb'r="([A-Z][A-Z]+)\d')
_ROW = re.compile(rb'row\s[^>]*?\br="(\d+)')


Errors = dict[int, dict[int, str]]
"""Row -> column -> text such as `#DIV/0!`, both counted from zero."""


def look_into(stream: BinaryIO, name: str) -> dict[str, Errors | None]:
    """Sheet -> its error cells, None where nothing could be learned of its size.

    Nothing at all is known of a file that is no XLSX, or is damaged: the library says more of it.
    Raises FileRefused where a sheet has more than MAX_CELLS places.
    """
    try:
        with zipfile.ZipFile(stream) as members:
            return {
                sheet: _error_cells(members, part, name)
                for sheet, part in _sheet_parts(members).items()
            }
    except ZIP_FAULTS:
        return {}


def _error_cells(members: zipfile.ZipFile, part: str, name: str) -> Errors | None:
    errors: Errors = {}
    rows, columns, tail, filled = 0, 26, b"", False
    with members.open(part) as stream:
        while block := stream.read(BLOCK_BYTES):
            text = tail + block
            if found := _ROW.search(text, max(text.rfind(b"row "), 0)):
                rows = max(rows, int(found[1]))
            if _WIDE.search(text):
                columns = max(columns, *map(_column, set(_WIDE.findall(text))))
            if _ERROR in text:
                _collect(text, errors)
            filled = filled or b"row" in text
            tail = text[-TAIL_BYTES:]
    if rows * columns > MAX_CELLS:
        what = f"has a sheet of {rows} rows and {columns} columns"
        raise FileRefused(name, "sheet_too_large", what)
    return errors if rows or not filled else None


def _collect(text: bytes, errors: Errors) -> None:
    for about, content in _CELL.findall(text):
        place, value = _PLACE.search(about), _VALUE.search(content)
        if _ERROR in about and place and value:
            row = errors.setdefault(int(place[2]) - 1, {})
            row[_column(place[1]) - 1] = value[1].decode("utf-8", "replace")


def _column(letters: bytes) -> int:
    """The number of a column, counted from one."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet_parts(members: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> the member of the zip that holds it."""
    targets = targets_of(members, "workbook.xml")
    return {
        attribute(element, "name"): targets.get(attribute(element, "id"), "")
        for element in _elements(members, "xl/workbook.xml", "sheet")
    }


def targets_of(members: zipfile.ZipFile, book: str) -> dict[str, str]:
    """Id of each part of a workbook -> the member of the zip that holds it."""
    return {
        attribute(element, "Id"): posixpath.normpath(
            posixpath.join("/xl", attribute(element, "Target"))
        ).lstrip("/")
        for element in _elements(members, f"xl/_rels/{book}.rels", "Relationship")
    }


def _elements(members: zipfile.ZipFile, part: str, tag: str) -> list[Any]:
    from defusedxml import ElementTree

    try:
        with members.open(part) as stream:
            root = ElementTree.parse(stream).getroot()
    except ElementTree.ParseError as error:
        raise ValueError(part) from error
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == tag]


def attribute(element: Any, name: str) -> str:
    """An attribute in whichever namespace: strict and transitional files differ in it."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
