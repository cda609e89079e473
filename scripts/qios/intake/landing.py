"""Writes the rows of one file into its landing table, inside the file's transaction.

A row equal to the latest staged content of its key is a repeat and does not go in. To know that, the
database is asked for the keys of a block at a time: all of them where the table holds earlier files,
else only those that may have stood in this very file already. Memory stays flat however long the
file is, and a long first file is one COPY.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
from psycopg import sql

from qios.intake.copyline import CopyLines
from qios.intake.keys import RowKeys
from qios.intake.payload import PayloadText, content_hashes, encode
from qios.intake.rows import Chunk
from qios.intake.seen import Seen

STAGING = "staging"
BLOCK_ROWS = 4096


class Landing:
    """One file's way into `staging.<table>`; use as a context manager around its rows.

    staged, repeated: rows so far. While a COPY is open the connection takes no other statement:
    call `pause` before one.
    """

    def __init__(
        self,
        database: psycopg.Connection,
        table: str,
        constants: dict[str, uuid.UUID | datetime],
        keys: RowKeys,
        payload: PayloadText,
    ) -> None:
        """constants: the columns that are the same in every row, import_batch_id among them."""
        self.staged = 0
        self.repeated = 0
        self._database = database
        self._name = sql.Identifier(STAGING, table)
        self._batch_id = constants["import_batch_id"]
        self._keys = keys
        self._lines = CopyLines(payload, {name: str(value) for name, value in constants.items()})
        self._copy: psycopg.Copy | None = None
        self._block = Block()
        self._seen = Seen()
        self._any_seen = False
        self._occurrences: dict[str, int] = {}

    def __enter__(self) -> "Landing":
        some_row = sql.SQL("select from {} limit 1").format(self._name)
        self._has_history = self._database.execute(some_row).fetchone() is not None
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._flush()
        self.pause(kind, error, trace)
        if error is None and self.staged and (self._has_history or self._any_seen):
            self._supersede()

    def pause(self, *error: object) -> None:
        """End the COPY that is open; the next block begins another."""
        if self._copy is not None:
            self._copying.__exit__(*(error or (None, None, None)))
            self._copy = None

    def add(self, chunk: Chunk) -> None:
        """Take the good rows of a chunk."""
        if not chunk.rows:
            return
        contents, parts = encode(chunk.rows)
        hashes = content_hashes(contents)
        keys, keyless = self._keys.of(chunk.rows, hashes)
        self._number_twins(keys, hashes, keyless)
        block = self._block
        block.seen += [len(block.keys) + index for index in self._seen.add_all(keys)]
        block.extend(chunk.numbers, parts, keys, hashes)
        if len(block.keys) >= BLOCK_ROWS:
            self._flush()

    def _number_twins(self, keys: list[str], hashes: Sequence[str], keyless: list[int]) -> None:
        """Rows without a key of their own are told apart by how often their content stood before."""
        for index in keyless:
            content = hashes[index]
            occurrence = self._occurrences[content] = self._occurrences.get(content, 0) + 1
            if occurrence > 1:
                keys[index] = self._keys.content_key(content, occurrence)

    def _flush(self) -> None:
        block, self._block = self._block, Block()
        self._any_seen |= bool(block.seen)
        asked = block.keys if self._has_history else [block.keys[index] for index in block.seen]
        if asked:
            block = block.only(self._news(block, asked))
        if not block.keys:
            return
        if self._copy is None:
            columns = sql.SQL(", ").join(map(sql.Identifier, self._lines.columns))
            statement = sql.SQL("copy {} ({}) from stdin").format(self._name, columns)
            self._copying = self._database.cursor().copy(statement)
            self._copy = self._copying.__enter__()
        self._copy.write(self._lines.block(block.numbers, block.parts, block.keys, block.hashes))
        self.staged += len(block.keys)

    def _news(self, block: "Block", asked: list[str]) -> list[int]:
        """The indices of the rows that say something new of their key; counts the others."""
        latest = self._latest(asked)
        news = []
        for index, (key, content) in enumerate(zip(block.keys, block.hashes, strict=True)):
            if latest.get(key) != content:
                latest[key] = content
                news.append(index)
        self.repeated += len(block.keys) - len(news)
        return news

    def _latest(self, keys: list[str]) -> dict[str, str]:
        """Key → content hash of its latest staged row, this file's included; 32 hex digits each."""
        self.pause()
        rows = self._database.execute(
            sql.SQL(
                """
                select distinct on (row_key) row_key, content_hash from {}
                where row_key = any(%s::uuid[])
                order by row_key, created_at desc, row_number desc
                """
            ).format(self._name),
            [keys],
        )
        return {key.hex: content.hex for key, content in rows}

    def _supersede(self) -> None:
        """A row that nobody decided about yet gives way to a later one of its key."""
        statement = sql.SQL(
            """
            update {landing} as earlier set review_status = 'superseded'
            from {landing} as later
            where later.import_batch_id = %s
                and earlier.row_key = later.row_key
                and earlier.review_status in ('pending', 'needs_review')
                and (earlier.created_at, earlier.row_number) < (later.created_at, later.row_number)
            """
        )
        self._database.execute(statement.format(landing=self._name), [self._batch_id])


@dataclass
class Block:
    """Rows that are written together; `seen`: indices of keys that may have stood in the file."""

    numbers: list[int] = field(default_factory=list)
    parts: list[Sequence[str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)

    def extend(
        self,
        numbers: Sequence[int],
        parts: Sequence[Sequence[str]],
        keys: Sequence[str],
        hashes: Sequence[str],
    ) -> None:
        self.numbers += numbers
        self.parts += parts
        self.keys += keys
        self.hashes += hashes

    def only(self, indices: list[int]) -> "Block":
        """The block of just these rows."""
        return Block(
            *([values[i] for i in indices] for values in (self.numbers, self.parts, self.keys)),
            [self.hashes[i] for i in indices],
        )
