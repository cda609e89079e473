"""Records of a delimited text file, in chunks: every record is either a row or a refused one.

The csv module reads in strict mode. Where a record cannot be read, its first physical line is
refused with a reason code and reading goes on with the next line, so a quote that is never closed
costs one line and not the rest of the file.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from qios.content.text_kinds import DIALECT_CHARS, delimiter_of
from qios.intake.batch import FileVersion
from qios.intake.chunk import Chunk, Rejected
from qios.intake.decode import is_decodable, open_text
from qios.intake.lines import Lines
from qios.intake.readers import Records
from qios.intake.readers.shape import CHUNK_ROWS, MAX_CELL_CHARS, set_aside_misshapen
from qios.intake.reasons import FileRefused
from qios.intake.sources import Source

CHUNK_CHARS = 1 << 22
STEP_ROWS = 4  # between looks at how much has been read; each may hold cells of MAX_CELL_CHARS
RAGGED = ("missing_cell", "extra_cell")


@contextmanager
def open_records(
    version: FileVersion, source: Source, encoding: str | None
) -> Iterator["RecordReader"]:
    """The records of a delimited text file of a source."""
    name = version.name
    text = open_text(version.open(), name=name, declared=encoding or source.row["encoding"])
    with text.stream as stream:
        yield RecordReader(
            stream,
            name=name,
            delimiter=source.row["delimiter"],
            encoding=text.encoding,
            # Browsers leave out an empty last cell, and every cell is redacted anyway.
            accept=RAGGED if source.is_quarantined else (),
        )


@contextmanager
def open_tables(
    version: FileVersion, encoding: str | None
) -> Iterator[Iterator[tuple[str, "RecordReader"]]]:
    """The one table of a delimited text file of no known source."""
    name = version.name
    with open_text(version.open(), name=name, declared=encoding).stream as stream:
        delimiter = delimiter_of(stream.read(DIALECT_CHARS))
    text = open_text(version.open(), name=name, declared=encoding)
    with text.stream as stream:
        how = {"delimiter": delimiter, "encoding": text.encoding, "accept": RAGGED}
        yield iter([("", RecordReader(stream, name=name, **how))])


class RecordReader(Records):
    """Reads the header at once and the records by `chunks()`.

    `accept` names the reason codes (missing_cell, extra_cell) with which a row is a row all the
    same. Raises FileRefused, from the constructor only, for a file without a usable header.
    """

    def __init__(
        self,
        stream: io.TextIOBase,
        *,
        name: str,
        delimiter: str = ",",
        encoding: str = "utf-8",
        accept: Collection[str] = (),
        max_cell_chars: int = MAX_CELL_CHARS,
    ) -> None:
        self.read = 0
        self.delimiter = delimiter
        self.encoding = encoding
        self._name = name
        self._stream = stream
        self._accept = frozenset(accept)
        self._max_cell_chars = max_cell_chars
        self._lines = Lines(stream)
        self._next_line = 1
        self._all_read_well = True
        self._step_to(1)
        self.header = self._read_header()

    def chunks(self) -> Iterator[Chunk]:
        """Chunks until the end of the file; `read` counts the records so far, good and refused."""
        while True:
            chunk, at_end = self._read_chunk()
            self._lines.release(self._next_line)
            if chunk.rows or chunk.rejected:
                yield chunk
            if at_end:
                return

    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.buffer.tell()

    def _step_to(self, line: int) -> None:
        csv.field_size_limit(self._max_cell_chars)
        self._before = line - 1
        self._csv = csv.reader(self._lines.starting_at(line), delimiter=self.delimiter, strict=True)

    def _read_header(self) -> list[str]:
        labels: list[str] = []
        try:
            labels = next(filter(None, self._csv), [])
        except csv.Error as error:
            raise self._unusable("malformed_header", f"cannot be read ({error})") from error
        self._next_line = self._csv.line_num + 1
        if not any(label.strip() for label in labels):
            raise self._unusable("blank_header", "names no column")
        if not all(map(is_decodable, labels)):
            raise self._unusable(
                "invalid_encoding", "holds bytes that are not text in the encoding it is read in"
            )
        return labels

    def _unusable(self, code: str, what: str) -> FileRefused:
        return FileRefused(f"the header of {self._name}", code, what)

    def _read_chunk(self) -> tuple[Chunk, bool]:
        rows: list[list[str]] = []
        failed: csv.Error | None = None
        certain, line = self._all_read_well, self._next_line
        try:
            while len(rows) < CHUNK_ROWS and self._lines.pulled <= CHUNK_CHARS:
                before = len(rows)
                # What was read before an error stays in the list.
                rows.extend(islice(self._csv, STEP_ROWS))
                if len(rows) == before:
                    break
        except csv.Error as error:
            failed = error
        reached = self._before + 1 + self._csv.line_num
        lines = range(line, reached)
        if failed or len(lines) != len(rows):
            lines = _first_lines(rows, line)
            self._next_line = lines.pop()
        else:
            self._next_line = reached
        at_end = not rows and failed is None
        chunk = self._sort_out(rows, lines, certain)
        if failed:
            self._refuse(chunk, reached - 1, failed)
        return chunk, at_end

    def _refuse(self, chunk: Chunk, reached: int, error: csv.Error) -> None:
        """Refuse the line in which the record begins that cannot be read; go on behind it."""
        line = self._next_line
        if "field larger" in str(error) and reached == line:
            code, detail = "cell_too_large", f"a cell is longer than {self._max_cell_chars} letters"
        elif reached > line or "end of data" in str(error):
            code, detail = "unterminated_quote", f"a quote opened on line {line} is not closed"
        else:
            code, detail = "text_after_quote", f"text follows a closing quote on line {line}"
        self.read += 1
        chunk.rejected.append(Rejected(self.read, line, (code,), detail, line=self._lines.at(line)))
        self._next_line = line + 1
        self._all_read_well = False
        self._step_to(self._next_line)

    def _sort_out(self, rows: list[list[str]], lines: Sequence[int], certain: bool) -> Chunk:
        """Number the rows; a chunk with nothing odd in it is not looked at row by row."""
        width = len(self.header)
        start = self.read + 1
        if not rows or (set(map(len, rows)) == {width} and not self._lines.suspect(lines[0])):
            self.read += len(rows)
            return Chunk(range(start, start + len(rows)), lines, rows, [], certain)
        kept = [(at, row) for at, row in zip(lines, rows, strict=True) if row]
        self.read += len(kept)
        numbers = range(start, start + len(kept))
        chunk = Chunk(numbers, [at for at, _ in kept], [row for _, row in kept], [], certain)
        set_aside_misshapen(chunk, width, self._accept)
        return chunk


def _first_lines(rows: list[list[str]], line: int) -> list[int]:
    """The line in which each row begins, and the one behind them all; `line` is the first."""
    lines = [line]
    for row in rows:
        text = "|".join(row)
        line += 1 + text.count("\n") + text.count("\r") - text.count("\r\n")
        lines.append(line)
    return lines
