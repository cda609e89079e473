"""Rows in PostgreSQL's binary COPY format, which spares the server most of the parsing."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from struct import Struct

from qios.intake.payload import PayloadText

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
ROW_COLUMNS = ("row_number", "row_key", "content_hash", "raw_payload")


class CopyRows:
    """Rows of one file: columns that are the same in every row, then ROW_COLUMNS.

    `columns` is the column list for the COPY statement. A COPY is HEAD, any number of blocks, TAIL.
    """

    def __init__(self, payload: PayloadText, constants: Mapping[str, uuid.UUID | datetime]) -> None:
        self.columns = (*constants, *ROW_COLUMNS)
        head = Struct(">h").pack(len(self.columns)) + b"".join(map(_field, constants.values()))
        self._head = head
        # The fixed part of a row: head, row_number, row_key, content_hash, length of the payload.
        self._fixed = Struct(f">{len(head)}siqi16si16si").pack
        self._payload = payload

    def block(
        self,
        numbers: Sequence[int],
        parts: Sequence[Sequence[str]],
        keys: Sequence[bytes],
        hashes: Sequence[bytes],
    ) -> bytes:
        """Rows that follow each other. `parts`: the escaped cells that `encode` returns; keys and
        hashes have 16 bytes each."""
        payloads = self._payload.of_parts(parts)
        fixed = map(
            self._fixed,
            repeat(self._head),
            repeat(8),
            numbers,
            repeat(16),
            keys,
            repeat(16),
            hashes,
            map(len, payloads),
        )
        return b"".join(chain.from_iterable(zip(fixed, payloads, strict=True)))


def _field(value: uuid.UUID | datetime) -> bytes:
    """A value with its length; a timestamptz is microseconds since 2000."""
    if isinstance(value, uuid.UUID):
        return Struct(">i16s").pack(16, value.bytes)
    since = value - EPOCH
    microseconds = (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds
    return Struct(">iq").pack(8, microseconds)
