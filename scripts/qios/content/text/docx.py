"""Text of a DOCX document: the body, then headers, footers, notes and comments, as one page."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from qios.content.text import Page
from qios.content.text.zipped_xml import parts_of, text_of

BODY = "word/document.xml"
OTHER_PARTS = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
TEXTS = ("t", "delText")
MARKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t"}
PROPERTIES = ("pPr", "rPr")


def pages(stream: BinaryIO, encoding: str | None) -> Iterator[Page]:
    """One page. Raises UnreadableError."""
    with parts_of(stream) as parts:
        others = [name for name in sorted(parts.namelist()) if OTHER_PARTS.fullmatch(name)]
        texts = []
        for name in (BODY, *others):
            with parts.open(name) as part:
                texts.append(text_of(part, TEXTS, MARKS, without=PROPERTIES))
    yield Page("\n".join(texts))
