"""Refused rows into staging.import_rows: each with its reason, none of them lost."""

import uuid
from datetime import datetime

import psycopg
from psycopg import sql

from qios.intake.chunk import Rejected
from qios.intake.holding import Holding
from qios.intake.landing import Landing
from qios.intake.payload import PayloadText, content_hashes
from qios.intake.reasons import CURES

BLOCK_ROWS = 1000
SHOWN = 20
"""So many refused rows are named in a summary; all of them stand in the table."""


class Refused:
    """The refused rows of one file. `shown`: the first of them, for the summary."""

    def __init__(
        self,
        database: psycopg.Connection,
        constants: dict[str, uuid.UUID | datetime],
        source_key: str | None,
        payload: PayloadText,
    ) -> None:
        self.count = 0
        self.shown: list[dict[str, object]] = []
        self._database = database
        self._constants = constants
        self._source_key = source_key
        self._payload = payload
        self._waiting: list[dict[str, object]] = []

    def add(self, rejected: Rejected, landing: Landing | Holding) -> None:
        """Take one row; a full block is written, for which the landing's COPY makes way."""
        self.count += 1
        if rejected.line is None:
            text = self._payload.of_cells(rejected.cells)
        else:
            text = self._payload.of_line(rejected.line)
        why = {
            "row_number": rejected.row_number,
            "reason_code": rejected.reasons[0],
            "reason_detail": f"line {rejected.line_number}: {rejected.detail}",
        }
        content = uuid.UUID(bytes=content_hashes([text])[0])
        self._waiting.append(
            self._constants
            | why
            | {"raw_payload": text, "row_key": content, "content_hash": content}
            | {"source_key": self._source_key, "review_status": "needs_review"}
        )
        if len(self.shown) < SHOWN:
            self.shown.append(why | {"cure": CURES[why["reason_code"]]})
        if len(self._waiting) >= BLOCK_ROWS:
            landing.pause()
            self.write()

    def write(self) -> None:
        """Write what waits."""
        if not self._waiting:
            return
        names = list(self._waiting[0])
        statement = sql.SQL("insert into staging.import_rows ({}) values ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join(map(sql.Placeholder, names)),
        )
        with self._database.cursor() as cursor:
            cursor.executemany(statement, self._waiting)
        self._waiting.clear()
