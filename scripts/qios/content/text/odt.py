"""Text of an ODT document, as one page."""

from collections.abc import Iterator
from typing import BinaryIO

from qios.content.text import Page, UnreadableError
from qios.content.text.zipped_xml import parts_of, text_of

MANIFEST = "META-INF/manifest.xml"
MARKS = {"p": "\n", "h": "\n", "line-break": "\n", "tab": "\t", "s": " "}


def pages(stream: BinaryIO, encoding: str | None) -> Iterator[Page]:
    """One page. Raises UnreadableError."""
    with parts_of(stream) as parts:
        if MANIFEST in parts.namelist() and b"encryption-data" in parts.read(MANIFEST):
            raise UnreadableError("encrypted")
        with parts.open("content.xml") as part:
            yield Page(text_of(part, ("p", "h"), MARKS))
