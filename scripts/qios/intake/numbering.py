"""Numbers the rows of a file inside the record that they are lines of.

An invoice export has a row per line, and a line has no id of its own: it is the third of five. Both
numbers become columns of the row, so that they are part of what is compared with the last export:
a line that is gone shows in the count of those that stayed. So is a hash of the record's amounts:
where one of them has changed all lines are staged again, and their sum can be taken from one batch.
Other cells stay out of the hash, since one of them may hold a secret.
"""

from collections.abc import Callable, Iterator, Sequence

from xxhash import xxh3_64_hexdigest

from qios.intake.chunk import Chunk
from qios.intake.readers import Records

NUMBER, COUNT, AMOUNTS = "_number", "_count", "_amounts"
"""The headings under which they stand. No program exports columns of these names."""


class Numbered(Records):
    """Records with number, count and the hash of its record's amounts at the end of each row.

    The rows of a record normally stand together. Where some of them come later, numbering goes on,
    and the count is that of the rows so far. A row that cannot be read has its number as well: it
    will be read one day, and the rows behind it must not move.
    """

    def __init__(self, records: Records, position: int, amounts: Sequence[int]) -> None:
        """position: the 0-based column inside whose values the rows are numbered. amounts: those
        of the columns with numbers that are added up."""
        self.header = [*records.header, NUMBER, COUNT, AMOUNTS]
        self.delimiter = records.delimiter
        self.encoding = records.encoding
        self.position = records.position
        self._records = records
        self._at = position
        self._amounts = amounts
        self._numbered: dict[str, int] = {}

    @property
    def read(self) -> int:
        return self._records.read

    @property
    def view_of(self) -> str | None:
        return self._records.view_of

    def chunks(self) -> Iterator[Chunk]:
        """The chunks of the records, each ending with the end of a record."""
        held = Chunk([], [], [], [])
        for chunk in self._records.chunks():
            whole = self._whole(held.rows, chunk.rows)
            _append(held, chunk)
            if whole or not held.rows:
                ready, held = _split(held, whole)
                yield self._with_numbers(ready)
        if held.rows or held.rejected:
            yield self._with_numbers(held)

    def _whole(self, held: list[list[str]], rows: list[list[str]]) -> int:
        """How many of the held and the new rows are of records that are whole. The held ones are
        all of one record."""
        last = self._group(rows[-1]) if rows else ""
        start = len(rows)
        while last and start and self._group(rows[start - 1]) == last:
            start -= 1
        if not rows or (start == 0 and held and self._group(held[0]) == last):
            return 0
        return len(held) + start

    def _group(self, row: list[str]) -> str:
        return row[self._at].strip() if self._at < len(row) else ""

    def _with_numbers(self, chunk: Chunk) -> Chunk:
        """Number the rows; one that is refused keeps its cells as they are and is counted only."""
        refused = [(rejected.row_number, rejected.cells, False) for rejected in chunk.rejected]
        good = [(number, row, True) for number, row in zip(chunk.numbers, chunk.rows, strict=True)]
        for record in _records(sorted([*good, *refused]), self._group):
            group = self._group(record[0][1])
            first = self._numbered.get(group, 0) if group else 0
            count = self._numbered[group] = first + len(record)
            amounts = [row[at] for _, row, is_good in record if is_good for at in self._amounts]
            digest = xxh3_64_hexdigest("\x1f".join(amounts).encode(errors="surrogateescape"))
            for number, (_, row, is_good) in enumerate(record, start=first + 1):
                if is_good:
                    row += [str(number), str(count), digest]
        chunk.changed()
        return chunk


Line = tuple[int, list[str], bool]
"""Number of the row in the file, its cells, whether it is a good row."""


def _records(lines: list[Line], group_of: Callable[[list[str]], str]) -> Iterator[list[Line]]:
    """The lines of one record after the other. What could not be taken apart into cells belongs to
    a record where more of it follows; a line that names no record is one by itself."""
    start = 0
    while start < len(lines):
        group = group_of(lines[start][1])
        end = last = start + 1
        while group and end < len(lines):
            cells = lines[end][1]
            if cells and group_of(cells) != group:
                break
            end += 1
            if lines[end - 1][1]:
                last = end
        yield lines[start:last]
        start = last


def _append(held: Chunk, chunk: Chunk) -> None:
    held.numbers += list(chunk.numbers)
    held.lines += list(chunk.lines)
    held.rows += chunk.rows
    held.rejected += chunk.rejected
    held.repeated += chunk.repeated
    held.shape_certain = held.shape_certain and chunk.shape_certain


def _split(held: Chunk, whole: int) -> tuple[Chunk, Chunk]:
    """The first rows with what was refused among them, and the rest."""
    rest = Chunk(held.numbers[whole:], held.lines[whole:], held.rows[whole:], [])
    rest.shape_certain = held.shape_certain
    if rest.rows:
        border = rest.numbers[0]
        rest.rejected = [r for r in held.rejected if r.row_number >= border]
        held.rejected = [r for r in held.rejected if r.row_number < border]
    del held.numbers[whole:], held.lines[whole:], held.rows[whole:]
    held.changed()
    return held, rest
