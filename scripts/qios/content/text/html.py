"""Text of a web page, as a browser would show it without its style."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO

from qios.content.text import Page
from qios.errors import UsageError
from qios.intake.decode import open_text

DECLARATION_BYTES = 2048
LINES = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "title", "tr", "ul"),
    )
)
CELLS = frozenset(("td", "th"))
UNSEEN = frozenset(("script", "style", "template", "noscript"))
_CHARSET = re.compile(rb"""charset=["']?([\w.:-]+)""", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r" {2,}")


def pages(stream: BinaryIO, encoding: str | None) -> Iterator[Page]:
    """One page."""
    head = stream.read(DECLARATION_BYTES)
    stream.seek(0)
    declared = _CHARSET.search(head)
    encoding = encoding or (declared[1].decode("ascii") if declared else None)
    try:
        text = open_text(stream, name="page", declared=encoding).stream.read()
    except UsageError:
        stream.seek(0)
        text = stream.read().decode("utf-8", "surrogateescape")
    yield Page(html_text(text))


def html_text(html: str) -> str:
    """The text, a line for each block."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parser.found).split("\n"))
    return "\n".join(filter(None, lines))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and tag == self._unseen[-1]:
            self._unseen.pop()
        self._mark(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(_SPACE.sub(" ", data))

    def _mark(self, tag: str) -> None:
        if tag in LINES:
            self.found.append("\n")
        elif tag in CELLS:
            self.found.append("\t")
