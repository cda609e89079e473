"""A row as JSON object text and as a content hash.

The cells of some rows are escaped for JSON in one call: joined by two characters that JSON leaves
as they are, escaped, and taken apart again only where something was escaped. The escaped text of a
row is its *content*: it names no column, and two rows have the same content only if they have the
same cells (a DEL inside a cell is written as \\u007f, which nothing else is).
"""

from collections.abc import Sequence
from itertools import chain
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from xxhash import xxh3_128_digest

from qios.intake.chunk import BETWEEN_CELLS
from qios.intake.decode import storable
from qios.intake.header import SURPLUS

PAD = "\x80"  # between rows
ESCAPED_BYTES = bytes(range(0x20)) + b'"\\'  # what JSON does not leave as it is


class Encoded(NamedTuple):
    """contents: one text a row, to be hashed. parts: its escaped cells, without quotes."""

    contents: list[str]
    parts: list[Sequence[str]]


def encode(rows: Sequence[Sequence[str]], joined: Sequence[str] | None = None) -> Encoded:
    """Escape rows of cells that are free of NUL and of undecodable bytes.

    joined: the rows as `Chunk.joined` gives them, where they are at hand.
    """
    joined = list(map(BETWEEN_CELLS.join, rows)) if joined is None else joined
    together = PAD.join(joined)
    inner = sum(map(len, rows)) - len(rows)
    if together.count(BETWEEN_CELLS) != inner or together.count(PAD) != len(rows) - 1:
        return _encode_cell_by_cell(rows)
    as_bytes = together.encode()
    if len(as_bytes.translate(None, ESCAPED_BYTES)) == len(as_bytes):
        return Encoded(joined, rows)
    escaped = quoted(together)[1:-1]
    contents = escaped.split(PAD)
    parts = [
        row if len(content) == len(plain) else content.split(BETWEEN_CELLS)
        for row, plain, content in zip(rows, joined, contents, strict=True)
    ]
    return Encoded(contents, parts)


def _encode_cell_by_cell(rows: Sequence[Sequence[str]]) -> Encoded:
    parts = [[quoted(cell)[1:-1].replace(BETWEEN_CELLS, "\\u007f") for cell in row] for row in rows]
    return Encoded(list(map(BETWEEN_CELLS.join, parts)), parts)


def content_hashes(contents: Sequence[str]) -> list[bytes]:
    """128 bits per row, which PostgreSQL keeps as a uuid.

    They tell apart what one person's exports say; nobody is kept from forging one.
    """
    return [xxh3_128_digest(text.encode()) for text in contents]


class PayloadText:
    """Builds the JSON object of a row: strings only, keys in the order of the header.

    Cells beyond the header stand in a list under `_surplus`; cells that are missing are absent.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._keys = [quoted(name) for name in names]

    def pieces(self, cells: int) -> list[str]:
        """What stands around and between so many escaped cells in the object: one piece more."""
        keys = self._keys
        inner = [f'",{key}:"' for key in keys[1:cells]]
        if cells > len(keys):
            inner.append(f'",{quoted(SURPLUS)}:["')
            inner += ['","'] * (cells - len(keys) - 1)
        return [f'{{{keys[0]}:"', *inner, '"]}' if cells > len(keys) else '"}']

    def of_cells(self, cells: Sequence[str]) -> str:
        """The object of any row, also one with NUL or undecodable bytes: those are made visible."""
        if not cells:
            return "{}"
        parts = encode([[storable(cell) for cell in cells]]).parts[0]
        first, *rest = self.pieces(len(parts))
        return first + "".join(chain.from_iterable(zip(parts, rest, strict=True)))

    def of_line(self, line: str) -> str:
        """The object of a record that could not be split into cells: all of it is surplus."""
        return f"{{{quoted(SURPLUS)}:[{quoted(storable(line))}]}}"
