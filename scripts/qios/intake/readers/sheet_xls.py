"""The error cells of an XLS workbook, which the library gives as empty ones.

An XLS file is a container of streams, and its stream `Workbook` is a list of records, each with its
kind and its length before it.
"""

import re
import struct
from collections.abc import Iterator

from qios.intake.readers.sheet_xml import Errors

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
UNKNOWN_ERROR = "#UNKNOWN!"
_FORMULA, _EOF, _SHEET, _BOOL_OR_ERROR, _BOF = 0x0006, 0x000A, 0x0085, 0x0205, 0x0809
_NAMES = ("Workbook", "Book")
_SECTOR_SHIFTS = (9, 12)
_SECTORS_IN_HEADER = 109
_MINI_STREAM_BELOW = 4096  # no program writes a workbook so small
_CODE = b"[" + re.escape(bytes(ERRORS)) + b"]"
# Hardly any workbook has an error: one look spares the walk through its records.
_SOME_ERROR = re.compile(
    rb"\x05\x02\x08\x00.{6}" + _CODE + rb"\x01|\x06\x00.{8}\x02." + _CODE + rb".{3}\xff\xff", re.S
)


def error_cells(content: bytes) -> dict[str, Errors]:
    """Sheet -> its error cells; nothing of a file that is damaged: the library says more of it."""
    try:
        book = _workbook(content)
        if not _SOME_ERROR.search(book):
            return {}
        return {name: _errors_from(book, start) for name, start in _sheets(book)}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _errors_from(book: bytes, start: int) -> Errors:
    errors: Errors = {}
    for kind, record in _records(book, start):
        if kind == _BOOL_OR_ERROR and record[7]:
            code = record[6]
        elif kind == _FORMULA and record[6] == 2 and record[12:14] == b"\xff\xff":
            code = record[8]
        else:
            continue
        row, column = struct.unpack_from("<HH", record)
        errors.setdefault(row, {})[column] = ERRORS.get(code, UNKNOWN_ERROR)
    return errors


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    """Name of each sheet, and where its records begin."""
    wide = None
    for kind, record in _records(book, 0):
        if kind == _BOF:
            # Since version 8 a byte before a text says how wide its letters are.
            wide = struct.unpack_from("<H", record)[0] >= 0x0600
        elif kind == _SHEET:
            (start,), size = struct.unpack_from("<I", record), record[6]
            if wide and record[7] & 1:
                yield record[8 : 8 + 2 * size].decode("utf-16-le"), start
            else:
                yield record[7 + bool(wide) :][:size].decode("latin-1"), start


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records of one part, those of charts within it left out."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook(content: bytes) -> bytes:
    """The stream with the workbook; nothing where there is none."""
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in _SECTOR_SHIFTS:
        return b""
    size = 1 << shift
    (directory,) = struct.unpack_from("<I", content, 48)
    table = _table(content, size)
    entries = _chain(content, size, table, directory)
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(entry[64] - 2, 0)].decode("utf-16-le")
        first, length = struct.unpack_from("<II", entry, 116)
        if name in _NAMES and length >= _MINI_STREAM_BELOW:
            return _chain(content, size, table, first)[:length]
    return b""


def _table(content: bytes, size: int) -> list[int]:
    """Sector -> the one that follows it. The header lists the sectors of this table, and where it
    is too short, sectors of its own list the others, each ending with the number of the next."""
    per_sector = size // 4
    listed = list(struct.unpack_from(f"<{_SECTORS_IN_HEADER}I", content, 76))
    (more,) = struct.unpack_from("<I", content, 68)
    while more < len(content) // size and len(listed) * size <= len(content):
        *numbers, more = struct.unpack_from(f"<{per_sector}I", content, (more + 1) * size)
        listed += numbers
    table: list[int] = []
    for sector in listed:
        if (sector + 2) * size <= len(content):
            table += struct.unpack_from(f"<{per_sector}I", content, (sector + 1) * size)
    return table


def _chain(content: bytes, size: int, table: list[int], sector: int) -> bytes:
    """The content of a sector and all that follow it; a damaged chain may lead back to itself."""
    found = []
    while sector < len(table) and len(found) <= len(table):
        found.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(found)
