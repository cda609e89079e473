"""Text of the XML parts of a zipped document: paragraphs are lines."""

import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from qios.content.kinds import ZIP_FAULTS
from qios.content.text import UnreadableError

BLOCK_BYTES = 1 << 16


@contextmanager
def parts_of(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The parts of a document. Raises UnreadableError for a damaged one."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError

    try:
        with zipfile.ZipFile(stream) as parts:
            yield parts
    except (*ZIP_FAULTS, ParseError, DefusedXmlException) as error:
        raise UnreadableError("damaged") from error


def text_of(
    part: BinaryIO,
    texts: Collection[str],
    marks: Mapping[str, str],
    without: Collection[str] = (),
) -> str:
    """The text of an XML part; elements are named without their namespace.

    texts: elements within which text counts. marks: element → what stands in its place, such as a
    line end after a paragraph. without: elements that are left out with all they hold.
    """
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_Target(texts, marks, without))
    while block := part.read(BLOCK_BYTES):
        parser.feed(block)
    return parser.close()


class _Target:
    """Takes what the parser finds; no tree is built of it."""

    def __init__(
        self, texts: Collection[str], marks: Mapping[str, str], without: Collection[str]
    ) -> None:
        self._texts, self._marks, self._without = texts, marks, without
        self._within = self._left_out = 0
        self._found: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._within += name in self._texts
        self._left_out += name in self._without

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self._within -= name in self._texts
        self._left_out -= name in self._without
        if name in self._marks and not self._left_out:
            self._found.append(self._marks[name])

    def data(self, text: str) -> None:
        if self._within and not self._left_out:
            self._found.append(text)

    def close(self) -> str:
        return "".join(self._found)
