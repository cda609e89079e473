"""No text, but whether a workbook can be read: some damaged ones end the process that does."""

from collections.abc import Iterator
from typing import BinaryIO

from qios.content.text import Page, UnreadableError


def pages(stream: BinaryIO, encoding: str | None) -> Iterator[Page]:
    """No page. Where the library does not survive a sheet, neither does the process."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(stream) as workbook:
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name)
    except python_calamine.PasswordError as error:
        raise UnreadableError("encrypted") from error
    return iter(())
