"""Rows in PostgreSQL's binary COPY format, which spares the server most of the parsing."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import repeat
from struct import Struct

from qios.intake.chunk import BETWEEN_CELLS
from qios.intake.payload import Encoded, PayloadText

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
ROW_COLUMNS = ("row_number", "row_key", "content_hash", "raw_payload")


class CopyRows:
    """Rows of one file: columns that are the same in every row, then ROW_COLUMNS.

    `columns` is the column list for the COPY statement. A COPY is HEAD, any number of blocks, TAIL.
    """

    def __init__(
        self, payload: PayloadText, constants: Mapping[str, uuid.UUID | datetime | str]
    ) -> None:
        self.columns = (*constants, *ROW_COLUMNS)
        head = Struct(">h").pack(len(self.columns)) + b"".join(map(_field, constants.values()))
        self._head = head
        # The fixed part of a row: head, row_number, row_key, content_hash, length of the payload.
        self._fixed = Struct(f">{len(head)}siqi16si16si")
        self._payload = payload

    def block(
        self,
        numbers: Sequence[int],
        encoded: Encoded,
        keys: Sequence[bytes],
        hashes: Sequence[bytes],
    ) -> bytes:
        """Rows that follow each other; keys and hashes have 16 bytes each.

        All rows at once, then a column at a time, in one text whose letters are bytes (Latin-1):
        so the binary fields can stand in it, and no work is done for a single row or cell.
        """
        contents, parts = encoded
        widths = set(map(len, parts))
        if len(widths) != 1:
            rows = zip(numbers, zip(contents, parts, strict=True), keys, hashes, strict=True)
            return b"".join(
                self.block([number], Encoded([content], [cells]), [key], [digest])
                for number, (content, cells), key, digest in rows
            )
        if not all(map(str.isascii, contents)):
            contents = list(map(_as_letters, contents))
            parts = [content.split(BETWEEN_CELLS) for content in contents]
        between = self._payload.pieces(widths.pop())
        if not all(map(str.isascii, between)):
            between = list(map(_as_letters, between))
        line = [text for piece in between for text in ("", piece)]
        # A content has one letter between each two of its cells.
        around = sum(map(len, between)) - (len(between) - 2)
        fixed = self._fixed_parts(numbers, keys, hashes, [around + len(c) for c in contents])
        texts = line * len(parts)
        texts[:: len(line)] = fixed
        for at, column in enumerate(zip(*parts, strict=True), start=1):
            texts[2 * at :: len(line)] = column
        return "".join(texts).encode("latin-1")

    def _fixed_parts(
        self,
        numbers: Sequence[int],
        keys: Sequence[bytes],
        hashes: Sequence[bytes],
        lengths: Sequence[int],
    ) -> list[str]:
        head, eight, sixteen = repeat(self._head), repeat(8), repeat(16)
        packed = map(
            self._fixed.pack, head, eight, numbers, sixteen, keys, sixteen, hashes, lengths
        )
        text, size = b"".join(packed).decode("latin-1"), self._fixed.size
        return [text[at : at + size] for at in range(0, len(text), size)]


def _as_letters(text: str) -> str:
    """The text's bytes as UTF-8, each as the letter of that number."""
    return text.encode().decode("latin-1")


def _field(value: uuid.UUID | datetime | str) -> bytes:
    """A value with its length; a timestamptz is microseconds since 2000."""
    if isinstance(value, uuid.UUID):
        return Struct(">i16s").pack(16, value.bytes)
    if isinstance(value, str):
        text = value.encode()
        return Struct(">i").pack(len(text)) + text
    since = value - EPOCH
    microseconds = (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds
    return Struct(">iq").pack(8, microseconds)
