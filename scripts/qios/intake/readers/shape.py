"""What is wrong with the shape or the text of a row, in the same words for every reader."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from qios.intake.chunk import Chunk, Rejected
from qios.intake.decode import is_decodable
from qios.intake.readers import Records

CHUNK_ROWS = 128  # more rows than fit the processor's cache make every later step slower
MAX_CELL_CHARS = 1 << 23

Record = tuple[int, list[str]] | Rejected
"""A line number and its cells, or a record that could not be taken apart."""


class TableRecords(Records):
    """The records of a table that a library has taken apart, in chunks.

    Raises whatever `records` raises.
    """

    def __init__(
        self,
        header: list[str],
        records: Iterable[Record],
        encoding: str | None = None,
        accept: Collection[str] = (),
    ) -> None:
        self.header = header
        self.encoding = encoding
        self.read = 0
        self._records = iter(records)
        self._accept = accept

    def chunks(self) -> Iterator[Chunk]:
        """Chunks until the end of the table; `read` counts the records so far."""
        while records := list(islice(self._records, CHUNK_ROWS)):
            refused = [record for record in records if type(record) is Rejected]
            good = [record for record in records if type(record) is not Rejected]
            first = self.read + 1
            self.read += len(records)
            numbers: Sequence[int] = range(first, first + len(records))
            if refused:
                at = dict(zip(map(id, records), numbers, strict=True))
                numbers = [at[id(record)] for record in good]
                for record in refused:
                    record.row_number = at[id(record)]
            lines, rows = zip(*good, strict=True) if good else ((), ())
            chunk = Chunk(numbers, lines, list(rows), refused)
            set_aside_misshapen(chunk, len(self.header), self._accept)
            yield chunk

    def position(self) -> int:
        """Not known: the library reads the file in its own way."""
        return 0


def set_aside_misshapen(chunk: Chunk, width: int, accept: Collection[str]) -> None:
    """Refuse the rows with a problem that is not accepted; an ordinary chunk needs one look."""
    text = "".join(map("".join, chunk.rows))
    if (
        set(map(len, chunk.rows)) <= {width}
        and "\0" not in text
        and is_decodable(text)
        and len(text) <= MAX_CELL_CHARS
    ):
        return
    why = {}
    for index, row in enumerate(chunk.rows):
        problems = {c: d for c, d in problems_of(row, width).items() if c not in accept}
        if problems:
            why[index] = (tuple(problems), "; ".join(problems.values()))
    if why:
        chunk.set_aside(why)


def problems_of(row: list[str], width: int) -> dict[str, str]:
    """Reason code -> detail, without any text of the row."""
    problems = {}
    if len(row) != width:
        code = "missing_cell" if len(row) < width else "extra_cell"
        problems[code] = f"the row has {len(row)} cells, the header {width}"
    if any("\0" in cell for cell in row):
        problems["nul_byte"] = "a cell holds a NUL byte"
    if not all(map(is_decodable, row)):
        problems["invalid_encoding"] = "a cell holds bytes that are not text"
    if any(len(cell) > MAX_CELL_CHARS for cell in row):
        problems["cell_too_large"] = f"a cell is longer than {MAX_CELL_CHARS} letters"
    return problems
