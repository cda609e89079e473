"""The key of a row: what makes it the same row in a later file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qios.intake.gate import WITHHELD
from qios.intake.payload import md5
from qios.intake.rows import Chunk

NATURAL, CONTENT = "\x1f", "\x1e"

# What a spreadsheet makes of a long number. Without a plus sign it may be a hexadecimal id.
_SCIENTIFIC_DIGITS = re.compile(r"\s*\d+(?:[.,]\d+)?[eE]\+?\d+\s*")
_SCIENTIFIC = re.compile(r"\s*\d+(?:[.,]\d+)?[eE]\+\d+\s*")
SCIENTIFIC_DETAIL = (
    "an id is in scientific notation: a spreadsheet has rounded it; "
    "export the file again and import it without opening it in a spreadsheet"
)


@dataclass(frozen=True)
class RowKeys:
    """Makes row keys for one file of one source.

    positions: the 0-based columns of the natural key; none where the source has no such key.
    digits: the key is a number as in `zcrm_4876876000000123456`; prefix and spaces do not count.
    """

    source_key: str
    positions: tuple[int, ...] = ()
    digits: bool = False

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

    def of(
        self, rows: Sequence[Sequence[str]], hashes: Sequence[str]
    ) -> tuple[list[str], list[int]]:
        """The key of each row as 32 hex digits, and the indices of the rows without a natural key.

        Those get the key of their first occurrence; where their content may have stood in the file
        before, the caller counts and asks `content_key` for the one that is due.
        """
        if not self.positions:
            return [self.content_key(text) for text in hashes], list(range(len(rows)))
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
        prefix = self.source_key + NATURAL
        keys = [
            md5((prefix + natural).encode(), usedforsecurity=False).hexdigest()
            for natural in naturals
        ]
        for index in keyless:
            keys[index] = self.content_key(hashes[index])
        return keys, sorted(keyless)

    def content_key(self, content_hash: str, occurrence: int = 1) -> str:
        """The key of a row without a natural key: its content and how often it stood before."""
        text = f"{self.source_key}{CONTENT}{content_hash}{CONTENT}{occurrence}"
        return md5(text.encode(), usedforsecurity=False).hexdigest()

    @staticmethod
    def _column(rows: Sequence[Sequence[str]], position: int) -> list[str]:
        """The cells of a column; an empty text where a row is too short."""
        try:
            return [row[position] for row in rows]
        except IndexError:
            return [row[position] if position < len(row) else "" for row in rows]

    def _normal(self, cells: list[str]) -> list[str]:
        """The form in which keys are compared; empty where a row has none of its own."""
        text = "".join(cells)
        if self.digits:
            if text.isascii() and text.isdigit():
                return cells
            cells = ["".join(cell.split()).removeprefix("zcrm_") for cell in cells]
        else:
            cells = [cell.strip() for cell in cells]
        # Withheld cells are alike in every row and would make one row of them all.
        withheld = "".join(WITHHELD.split()) if self.digits else WITHHELD
        return ["" if cell == withheld else cell for cell in cells] if withheld in cells else cells
