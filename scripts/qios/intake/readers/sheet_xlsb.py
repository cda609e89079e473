"""The error cells of an XLSB workbook, which the library gives as empty ones.

An XLSB file is a zip like an XLSX one, with lists of records in place of XML: each with its kind
and its length before it, both in as few bytes as they need.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from qios.content.kinds import ZIP_FAULTS
from qios.intake.readers.sheet_xls import ERRORS, UNKNOWN_ERROR
from qios.intake.readers.sheet_xml import Errors, targets_of

_BOOK = "workbook.bin"
_ROW, _ERROR, _FORMULA_ERROR, _SHEET = 0, 3, 11, 156


def error_cells(stream: BinaryIO) -> dict[str, Errors]:
    """Sheet -> its error cells; nothing of a file that is no XLSB, or is damaged."""
    try:
        with zipfile.ZipFile(stream) as members:
            targets = targets_of(members, _BOOK)
            with members.open(f"xl/{_BOOK}") as book:
                sheets = [_named(record) for kind, record in _records(book) if kind == _SHEET]
            found = {}
            for part, name in sheets:
                with members.open(targets[part]) as sheet:
                    found[name] = _errors(sheet)
            return found
    except (*ZIP_FAULTS, struct.error, IndexError):
        return {}


def _errors(sheet: BinaryIO) -> Errors:
    errors: Errors = {}
    row = 0
    for kind, record in _records(sheet):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", record)
        elif kind in (_ERROR, _FORMULA_ERROR):
            (column,) = struct.unpack_from("<I", record)
            errors.setdefault(row, {})[column] = ERRORS.get(record[8], UNKNOWN_ERROR)
    return errors


def _named(record: bytes) -> tuple[str, str]:
    """The id of a sheet's part, and the sheet's name: two texts, each behind its length."""
    texts, at = [], 8
    for _ in range(2):
        (letters,) = struct.unpack_from("<I", record, at)
        at += 4 + 2 * letters
        texts.append(record[at - 2 * letters : at].decode("utf-16-le"))
    return texts[0], texts[1]


def _records(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record."""
    buffered = io.BufferedReader(stream)
    while head := buffered.read(1):
        kind = head[0]
        if kind & 0x80:
            kind = kind & 0x7F | buffered.read(1)[0] << 7
        size = shift = 0
        while True:
            byte = buffered.read(1)[0]
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift == 28:
                break
        yield kind, buffered.read(size)
