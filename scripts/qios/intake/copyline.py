"""Rows as lines of PostgreSQL's COPY text format."""

from collections.abc import Mapping, Sequence

from qios.intake.payload import PayloadText

ROW_COLUMNS = ("row_number", "raw_payload", "row_key", "content_hash")


class CopyLines:
    """Lines for one file: columns that are the same in every row, then ROW_COLUMNS.

    `columns` is the column list for the COPY statement.
    """

    def __init__(self, payload: PayloadText, constants: Mapping[str, str]) -> None:
        """constants: column -> value as text. ValueError where a value would need escaping."""
        for column, value in constants.items():
            if any(letter in value for letter in "\\\t\n\r"):
                raise ValueError(f"the constant for {column} needs escaping")
        self.columns = (*constants, *ROW_COLUMNS)
        self._payload = payload
        self._head = "".join(f"{value}\t" for value in constants.values())
        self._lines: dict[int, list[str]] = {}

    def block(
        self,
        numbers: Sequence[int],
        parts: Sequence[Sequence[str]],
        keys: Sequence[str],
        hashes: Sequence[str],
    ) -> bytes:
        """One line a row, as UTF-8. `parts` are the escaped cells that `encode` returns."""
        widths = set(map(len, parts))
        if len(widths) > 1:
            rows = zip(numbers, parts, keys, hashes, strict=True)
            return b"".join([self.block([n], [cells], [k], [h]) for n, cells, k, h in rows])
        if not widths:
            return b""
        line = self._line(widths.pop())
        step = len(line)
        # All lines at once, then a column at a time: no work is done for a single row or cell.
        pieces = line * len(parts)
        pieces[1::step] = map(str, numbers)
        for at, column in enumerate(zip(*parts, strict=True)):
            pieces[2 * at + 3 :: step] = column
        pieces[step - 4 :: step] = keys
        pieces[step - 2 :: step] = hashes
        # JSON has already escaped tab and line end; a backslash stands nowhere but in it.
        return "".join(pieces).replace("\\", "\\\\").encode()

    def _line(self, cells: int) -> list[str]:
        """The fixed pieces of a line, with an empty one wherever a value of the row goes."""
        if cells not in self._lines:
            first, *inner, last = self._payload.pieces(cells)
            fixed = [self._head, f"\t{first}", *inner, f"{last}\t", "\t", "\n"]
            self._lines[cells] = [piece for text in fixed for piece in (text, "")][:-1]
        return self._lines[cells]
