"""Rows of a table that no source claims: by COPY into staging.import_rows, to await one."""

import uuid
from datetime import datetime

import psycopg
from psycopg import sql

from qios.intake.chunk import Chunk
from qios.intake.copying import Copying
from qios.intake.copyrows import CopyRows
from qios.intake.payload import PayloadText, content_hashes, encode

UNKNOWN_SOURCE = "unknown_source"
BLOCK_CHUNKS = 6  # less than a socket holds, so that the server is never waited for


class Holding:
    """One table's way into staging.import_rows; takes the place of a Landing.

    staged and repeated stay 0: what is held counts as refused. While a COPY is open the connection
    takes no other statement: call `pause` before one.
    """

    staged = 0
    repeated = 0

    def __init__(
        self,
        database: psycopg.Connection,
        constants: dict[str, uuid.UUID | datetime],
        payload: PayloadText,
        part: str,
    ) -> None:
        """part: the sheet, table or list; empty where the file is one table."""
        self.held = 0
        detail = "no registered source has this header"
        about = {
            "reason_code": UNKNOWN_SOURCE,
            "reason_detail": f"{part}: {detail}" if part else detail,
        }
        self._rows = CopyRows(payload, constants | about)
        self._copying = Copying(
            database, sql.Identifier("staging", "import_rows"), self._rows.columns
        )
        self._waiting: list[bytes] = []
        self._batch_key = constants["import_batch_id"].bytes[:8]

    def __enter__(self) -> "Holding":
        return self

    def __exit__(self, *error: object) -> None:
        self.pause(*error)

    def pause(self, *error: object) -> None:
        """End the COPY that is open; the next rows begin another."""
        if not any(error):
            self._write()
        self._copying.end(*error)

    def add(self, chunk: Chunk) -> None:
        """Take the good rows of a chunk."""
        if not chunk.rows:
            return
        encoded = encode(chunk.rows, chunk.joined())
        # Nothing is known of their keys; keys in the order of the rows come fastest into an index.
        keys = [self._batch_key + number.to_bytes(8, "big") for number in chunk.numbers]
        self._waiting.append(
            self._rows.block(chunk.numbers, encoded, keys, content_hashes(encoded.contents))
        )
        self.held += len(chunk.rows)
        if len(self._waiting) == BLOCK_CHUNKS:
            self._write()

    def _write(self) -> None:
        if self._waiting:
            self._copying.write(b"".join(self._waiting))
            self._waiting.clear()
