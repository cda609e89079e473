"""Tables of a workbook: XLSX, XLSB, XLS and ODS, every sheet of them, hidden ones too.

A library types the cells; they are written back as texts: whole numbers without `.0`, times in ISO
form. A number of more digits than a spreadsheet holds comes in scientific notation, as it would
show it, so that nobody takes its last digits for true.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO

from qios.content.process import ask
from qios.content.text import WORKBOOK_TRIAL, UnreadableError
from qios.intake.batch import FileVersion
from qios.intake.readers import sheet_ods, sheet_xls, sheet_xlsb
from qios.intake.readers.shape import CHUNK_ROWS, TableRecords
from qios.intake.readers.sheet_xml import Errors, look_into
from qios.intake.reasons import FileRefused

TRIED_BYTES = 1 << 21
"""A larger XLSX file is not tried first where the size of its sheets is known: that takes as long
as reading it."""

PROTECTED = "is protected by a password"
DAMAGED = "is no workbook that can be read"


@contextmanager
def open_tables(
    version: FileVersion, encoding: str | None
) -> Iterator[Iterator[tuple[str, TableRecords]]]:
    """Sheet name and records, for every sheet with content. Raises FileRefused."""
    import python_calamine

    name = version.name
    with version.open() as stream:
        try:
            yield _sheets(version, stream)
        except python_calamine.PasswordError as error:
            raise FileRefused(name, "encrypted_file", PROTECTED) from error
        except python_calamine.CalamineError as error:
            raise FileRefused(name, "damaged_file", DAMAGED) from error
        except BaseException as error:
            # A defect of the library, which its file shows; the class has no other name.
            if type(error).__name__ != "PanicException":
                raise
            raise FileRefused(name, "damaged_file", DAMAGED) from error


def _sheets(version: FileVersion, stream: BinaryIO) -> Iterator[tuple[str, TableRecords]]:
    import python_calamine

    sheets = look_into(stream, version.name)
    if not sheets or version.byte_size < TRIED_BYTES or any(s is None for s in sheets.values()):
        _try(version)
    errors = sheets or _errors_of_others(stream)
    stream.seek(0)
    with python_calamine.CalamineWorkbook.from_filelike(stream) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            rows = _rows(sheet, errors.get(about.name) or {})
            first = next(rows, None)
            if first is not None:
                yield about.name, TableRecords(first[1], rows)


def _errors_of_others(stream: BinaryIO) -> dict[str, Errors]:
    """Sheet -> its error cells, of a workbook that is no XLSX."""
    stream.seek(0)
    if stream.read(len(sheet_xls.MARK)) == sheet_xls.MARK:
        stream.seek(0)
        return sheet_xls.error_cells(stream.read())
    return sheet_xlsb.error_cells(stream) or sheet_ods.error_cells(stream)


def _try(version: FileVersion) -> None:
    """Have another process read the workbook: some damaged ones end the process that does."""
    try:
        with version.open() as stream:
            list(ask(stream, WORKBOOK_TRIAL))
    except UnreadableError as unreadable:
        if unreadable.code == "encrypted":
            raise FileRefused(version.name, "encrypted_file", PROTECTED) from unreadable
        raise FileRefused(version.name, "damaged_file", DAMAGED) from unreadable


def _rows(sheet: Any, errors: Errors) -> Iterator[tuple[int, list[str]]]:
    """The rows with content by their number, counted from one.

    Where the library takes errors for empty cells, they may lie beyond all that it gives.
    """
    _, start = sheet.start or (0, 0)
    first_column = min([start, *(column for row in errors.values() for column in row)])
    blank = [""] * (start - first_column)
    cells = sheet.iter_rows()
    number = 0
    while block := list(islice(cells, CHUNK_ROWS)):
        rows = list(map(list, zip(*map(_texts, zip(*block, strict=True)), strict=True)))
        if blank:
            rows = [blank + row for row in rows]
        for at in errors.keys() & range(number, number + len(rows)):
            _put(errors[at], rows[at - number], first_column)
        for row in rows:
            number += 1
            if any(row):
                yield number, row
    width = sheet.width + len(blank)
    for at in sorted(at for at in errors if at >= number):
        row = [""] * width
        _put(errors[at], row, first_column)
        yield at + 1, row


def _put(errors: Mapping[int, str], row: list[str], first_column: int) -> None:
    """Write errors into a row, which becomes longer where one lies beyond its end."""
    for column, text in errors.items():
        at = column - first_column
        row += [""] * (at + 1 - len(row))
        row[at] = text


def _texts(column: Sequence[Any]) -> Sequence[str]:
    """The cells of a column, most of which are of one type."""
    types = set(map(type, column))
    if types == {str}:
        return column
    if types == {float}:
        return list(map(_number, column))
    return [TEXTS[type(cell)](cell) for cell in column]


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


TEXTS = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime.datetime: lambda value: value.isoformat(" "),
    datetime.date: datetime.date.isoformat,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: str,
}
"""Type of a cell -> its text."""
