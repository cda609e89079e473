"""What the library does not tell of an XLSX sheet: its error cells, and how large it would grow."""

import posixpath
import re
import zipfile
from typing import Any, BinaryIO

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


class SheetXml:
    """The parts of an XLSX file by sheet name; a file of another format has none."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name = name
        self._parts: dict[str, str] = {}
        try:
            self._members = zipfile.ZipFile(stream)
            self._parts = _sheet_parts(self._members)
        except (zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError, NotImplementedError):
            return  # the library says what is wrong, if anything is

    def error_cells(self, sheet: str) -> dict[int, dict[int, str]]:
        """Row -> column -> text such as `#DIV/0!`, counted from zero.

        Raises FileRefused for a sheet of more than MAX_CELLS places.
        """
        part = self._parts.get(sheet)
        errors: dict[int, dict[int, str]] = {}
        if part is None:
            return errors
        rows, columns, tail = 0, 26, b""
        try:
            with self._members.open(part) as stream:
                while block := stream.read(BLOCK_BYTES):
                    text = tail + block
                    if found := _ROW.search(text, max(text.rfind(b"row "), 0)):
                        rows = max(rows, int(found[1]))
                    if _WIDE.search(text):
                        columns = max(columns, *map(_column, set(_WIDE.findall(text))))
                    if _ERROR in text:
                        _collect(text, errors)
                    tail = text[-TAIL_BYTES:]
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise FileRefused(self._name, "damaged_file", "is a damaged workbook") from error
        if rows * columns > MAX_CELLS:
            raise FileRefused(
                self._name, "sheet_too_large", f"has a sheet of {rows} rows and {columns} columns"
            )
        return errors


def _collect(text: bytes, errors: dict[int, dict[int, str]]) -> None:
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
    targets = {
        _attribute(element, "Id"): _attribute(element, "Target")
        for element in _elements(members, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    return {
        _attribute(element, "name"): posixpath.normpath(
            posixpath.join("/xl", targets.get(_attribute(element, "id"), ""))
        ).lstrip("/")
        for element in _elements(members, "xl/workbook.xml", "sheet")
    }


def _elements(members: zipfile.ZipFile, part: str, tag: str) -> list[Any]:
    from defusedxml import ElementTree

    try:
        with members.open(part) as stream:
            root = ElementTree.parse(stream).getroot()
    except ElementTree.ParseError as error:
        raise ValueError(part) from error
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == tag]


def _attribute(element: Any, name: str) -> str:
    """An attribute in whichever namespace: strict and transitional files differ in it."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
