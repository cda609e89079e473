"""The key of a row: what makes it the same row in a later file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from struct import Struct

from xxhash import xxh3_64_intdigest, xxh3_128_digest

from qios.gate.marker import WITHHELD
from qios.intake.chunk import Chunk
from qios.intake.payload import content_hashes, encode

NATURAL, CONTENT = "\x1f", "\x1e"

_NUMBER_KEY = Struct(">QQ")
# One number a line. Not `0012`: it is not the number 12, which another row may have.
_NUMBERS = re.compile(r"(?:\n[1-9][0-9]{0,19})+")

# What a spreadsheet makes of a long number. Without a plus sign it may be a hexadecimal id.
_SCIENTIFIC_DIGITS = re.compile(r"\s*\d+(?:[.,]\d+)?[eE]\+?\d+\s*")
_SCIENTIFIC = re.compile(r"\s*\d+(?:[.,]\d+)?[eE]\+\d+\s*")
SCIENTIFIC_DETAIL = "an id is in scientific notation, its last digits are lost"


@dataclass(frozen=True)
class RowKeys:
    """Makes row keys for one file of one source.

    positions: the 0-based columns of the natural key; none where the source has no such key.
    digits: the key is a number as in `zcrm_4876876000000123456`; prefix and spaces do not count.
    separators: column → what stands between its values, where its cells may hold several.
    """

    source_key: str
    positions: tuple[int, ...] = ()
    digits: bool = False
    separators: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def _source_hash(self) -> int:
        return xxh3_64_intdigest(self.source_key.encode())

    def refuse_rounded(self, chunk: Chunk) -> None:
        """Set aside the rows with an id in scientific notation, whose last digits are lost."""
        pattern = _SCIENTIFIC_DIGITS if self.digits else _SCIENTIFIC
        rounded: set[int] = set()
        for position in self.positions:
            cells = self._column(chunk.rows, position)
            text = "".join(cells)
            if "e" in text or "E" in text:
                rounded |= {i for i, cell in enumerate(cells) if pattern.fullmatch(cell)}
        if rounded:
            why = (("id_in_scientific_notation",), SCIENTIFIC_DETAIL)
            chunk.set_aside(dict.fromkeys(sorted(rounded), why))

    def in_order(
        self, chunk: Chunk, hashes: Sequence[bytes]
    ) -> tuple[Sequence[Sequence[str]], Sequence[bytes]]:
        """Rows and hashes of a chunk as they count for keys: the order in which a cell holds its
        values says nothing, and in a natural key the first of them by its characters stands."""
        several: set[int] = set()
        for separator in set(self.separators.values()):
            several.update(i for i, text in enumerate(chunk.joined()) if separator in text)
        if not several:
            return chunk.rows, hashes
        rows, hashes = list(chunk.rows), list(hashes)
        for index in several:
            rows[index] = row = list(rows[index])
            for position, separator in self.separators.items():
                if position < len(row) and separator in row[position]:
                    values = {value.strip() for value in row[position].split(separator)}
                    row[position] = separator.join(sorted(values - {""}))
            (hashes[index],) = content_hashes(encode([row]).contents)
            for position in self.positions:
                if position < len(row) and position in self.separators:
                    row[position] = row[position].split(self.separators[position])[0]
        return rows, hashes

    def of(
        self, rows: Sequence[Sequence[str]], hashes: Sequence[bytes]
    ) -> tuple[list[bytes], list[int]]:
        """The key of each row as 16 bytes, and the indices of the rows without a natural key.

        Those get the key of their first occurrence; where their content may have stood in the file
        before, the caller counts and asks `content_key` for the one that is due.
        """
        if not self.positions:
            return [self.content_key(content) for content in hashes], list(range(len(rows)))
        numbers = self._numbers(self._column(rows, self.positions[0]))
        if numbers is not None:
            return list(map(_NUMBER_KEY.pack, repeat(self._source_hash), numbers)), []
        columns = [self._normal(self._column(rows, position)) for position in self.positions]
        keyless = {
            index
            for cells in columns
            if not all(cells)
            for index, cell in enumerate(cells)
            if not cell
        }
        naturals = columns[0]
        if len(columns) > 1:
            # The lengths keep ("a", "bc") and ("ab", "c") apart.
            together = zip(*columns, strict=True)
            naturals = ["".join(f"{len(cell)}:{cell}" for cell in cells) for cells in together]
        keys = list(map(self._of_natural, naturals))
        for index in keyless:
            keys[index] = self.content_key(hashes[index])
        return keys, sorted(keyless)

    def _of_natural(self, natural: str) -> bytes:
        """A number keeps its order in its key: ids that were given out one after the other lie
        together in the index, and a long file comes in fast. Anything else is hashed."""
        for number in self._numbers([natural]) or ():
            return _NUMBER_KEY.pack(self._source_hash, number)
        return xxh3_128_digest((self.source_key + NATURAL + natural).encode())

    def _numbers(self, cells: Sequence[str]) -> list[int] | None:
        """The keys as numbers of 64 bits; None where one of them is none, or is not just that."""
        if not self.digits or len(self.positions) > 1:
            return None
        lines = ("\n" + "\n".join(cells)).replace("\nzcrm_", "\n")
        if not _NUMBERS.fullmatch(lines):
            return None
        numbers = list(map(int, lines[1:].split("\n")))
        return numbers if max(numbers) < 1 << 64 else None

    def content_key(self, content_hash: bytes, occurrence: int = 1) -> bytes:
        """The key of a row without a natural key: its content and how often it stood before."""
        text = f"{self.source_key}{CONTENT}{content_hash.hex()}{CONTENT}{occurrence}"
        return xxh3_128_digest(text.encode())

    @staticmethod
    def _column(rows: Sequence[Sequence[str]], position: int) -> list[str]:
        """The cells of a column; an empty text where a row is too short."""
        try:
            return [row[position] for row in rows]
        except IndexError:
            return [row[position] if position < len(row) else "" for row in rows]

    def _normal(self, cells: list[str]) -> list[str]:
        """The form in which keys are compared; empty where a row has none of its own."""
        if self.digits:
            cells = ["".join(cell.split()).removeprefix("zcrm_") for cell in cells]
        else:
            cells = [cell.strip() for cell in cells]
        # Withheld cells are alike in every row and would make one row of them all.
        withheld = "".join(WITHHELD.split()) if self.digits else WITHHELD
        return ["" if cell == withheld else cell for cell in cells] if withheld in cells else cells
