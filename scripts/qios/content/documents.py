"""The text of a document by pages, whichever way it is taken out."""

from collections.abc import Iterator
from typing import BinaryIO

from qios.content.kinds import Kind
from qios.content.process import ask
from qios.content.text import MODULES, Page
from qios.intake.decode import open_text

PAGE_CHARS = 1 << 20


def pages_of(
    stream: BinaryIO, kind: Kind, size: int, encoding: str | None, name: str
) -> Iterator[Page]:
    """Every page of a document with text. Raises UnreadableError."""
    if kind.text in MODULES:
        return ask(stream, kind.text, size, encoding)
    return _plain_pages(stream, encoding, name)


def _plain_pages(stream: BinaryIO, encoding: str | None, name: str) -> Iterator[Page]:
    """A form feed ends a page; so does a length beyond which a text is unwieldy."""
    with open_text(stream, name=name, declared=encoding).stream as text:
        rest = ""
        while block := text.read(PAGE_CHARS):
            *whole, rest = (rest + block).split("\f")
            yield from map(Page, whole)
            if len(rest) >= PAGE_CHARS:
                end = rest.rfind("\n") + 1 or len(rest)
                yield Page(rest[:end])
                rest = rest[end:]
        yield Page(rest)
