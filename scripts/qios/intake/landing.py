"""Writes the rows of one file into its landing table, inside the file's transaction.

A row equal to the latest staged content of its key is a repeat and does not go in. Against earlier
files that is asked before a block is written. A key that may have stood in this very file already
is written all the same, and the database, which knows the order, takes back what said nothing new:
memory stays flat however long the file is, and a first file is one COPY without a question.
"""

import uuid
from array import array
from collections.abc import Sequence
from datetime import datetime

import psycopg
from psycopg import sql

from qios.intake.block import Block
from qios.intake.chunk import Chunk
from qios.intake.copying import Copying
from qios.intake.copyrows import CopyRows
from qios.intake.earlier import latest_contents, supersede, take_back_repeats
from qios.intake.gone import Whole
from qios.intake.keys import RowKeys
from qios.intake.payload import PayloadText, content_hashes, encode
from qios.intake.seen import Seen

STAGING = "staging"
ASKED_ROWS = 4096


class Landing:
    """One file's way into `staging.<table>`; use as a context manager around its rows.

    staged, repeated: rows so far; none is held as by a Holding. While a COPY is open the connection
    takes no other statement: call `pause` before one.
    """

    held = 0

    def __init__(
        self,
        database: psycopg.Connection,
        table: str,
        constants: dict[str, uuid.UUID | datetime],
        keys: RowKeys,
        payload: PayloadText,
        whole: Whole | None = None,
    ) -> None:
        """constants: the columns that are the same in every row, import_batch_id among them.
        whole: takes note of what the file holds, where it is to be all of something."""
        self.staged = 0
        self.repeated = 0
        self._database = database
        self._name = sql.Identifier(STAGING, table)
        self._batch_id = constants["import_batch_id"]
        self._keys = keys
        self._whole = whole
        self._rows = CopyRows(payload, constants)
        self._copying = Copying(database, self._name, self._rows.columns)
        self._block = Block()
        self._seen = Seen()
        self._suspects = array("q")
        self._changed = array("q")
        self._occurrences: dict[bytes, int] = {}

    def __enter__(self) -> "Landing":
        self._has_history = self._holds_rows()
        if not self._has_history:
            self._start_anew()
        # Rows fit the processor's cache a chunk at a time; only a question is worth a longer block.
        self._block_rows = ASKED_ROWS if self._has_history else 1
        return self

    def _holds_rows(self) -> bool:
        some_row = sql.SQL("select from {} limit 1").format(self._name)
        return self._database.execute(some_row).fetchone() is not None

    def _start_anew(self) -> None:
        """Give the empty table new files: what a transaction writes there needs no log.

        Where anybody else uses the table just now, the rows go the ordinary way.
        """
        alone = sql.SQL("lock table {} in access exclusive mode nowait").format(self._name)
        try:
            with self._database.transaction():
                self._database.execute(alone)
        except psycopg.errors.LockNotAvailable:
            return
        if not self._holds_rows():
            self._database.execute(sql.SQL("truncate {}").format(self._name))

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._flush()
        self.pause(kind, error, trace)
        if error is None:
            batch = (self._database, self._name, self._batch_id)
            repeats = take_back_repeats(*batch, self._suspects)
            self.staged -= repeats
            self.repeated += repeats
            supersede(*batch, self._suspects + self._changed)

    def pause(self, *error: object) -> None:
        """End the COPY that is open; the next block begins another."""
        self._copying.end(*error)

    def add(self, chunk: Chunk) -> None:
        """Take the good rows of a chunk."""
        self.repeated += len(chunk.repeated)
        if not chunk.rows:
            return
        encoded = encode(chunk.rows, chunk.joined())
        hashes = content_hashes(encoded.contents)
        rows, contents = self._keys.in_order(chunk, hashes)
        keys, keyless = self._keys.of(rows, contents)
        self._number_twins(keys, contents, keyless)
        if self._whole:
            self._whole.add(chunk, keys)
        suspects = [chunk.numbers[index] for index in self._seen.add_all(keys)]
        self._suspects.extend(suspects)
        self._block.extend(chunk.numbers, encoded, keys, hashes, suspects)
        if len(self._block.keys) >= self._block_rows:
            self._flush()

    def _number_twins(self, keys: list[bytes], hashes: Sequence[bytes], keyless: list[int]) -> None:
        """Rows without a key of their own are told apart by how often their content stood."""
        for index in keyless:
            content = hashes[index]
            occurrence = self._occurrences[content] = self._occurrences.get(content, 0) + 1
            if occurrence > 1:
                keys[index] = self._keys.content_key(content, occurrence)

    def _flush(self) -> None:
        block, self._block = self._block, Block()
        if self._has_history:
            block = self._without_repeats(block)
        if not block.keys:
            return
        self._copying.write(
            self._rows.block(block.numbers, block.encoded, block.keys, block.hashes)
        )
        self.staged += len(block.keys)

    def _without_repeats(self, block: Block) -> Block:
        """The block without the rows that repeat the latest word of an earlier file."""
        self.pause()
        latest = latest_contents(self._database, self._name, self._batch_id, block.keys)
        news = [
            index
            for index, (number, key, content) in enumerate(
                zip(block.numbers, block.keys, block.hashes, strict=True)
            )
            if number in block.suspects or latest.get(key) != content
        ]
        self.repeated += len(block.keys) - len(news)
        self._changed.extend(block.numbers[i] for i in news if block.keys[i] in latest)
        return block.only(news)
