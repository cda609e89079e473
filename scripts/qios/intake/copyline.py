"""Rows as lines of PostgreSQL's COPY text format."""

from collections.abc import Iterable, Mapping, Sequence

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
        self._head = "".join(f"{value}\t" for value in constants.values()).replace("%", "%%")
        self._formats: dict[int, str] = {}

    def block(
        self,
        numbers: Iterable[int],
        parts: Sequence[Sequence[str]],
        keys: Iterable[str],
        hashes: Iterable[str],
    ) -> bytes:
        """One line a row, as UTF-8. `parts` are the escaped cells that `encode` returns."""
        lines = zip(numbers, parts, keys, hashes, strict=True)
        widths = set(map(len, parts))
        if len(widths) == 1:
            line_format = self._format(widths.pop())
            text = "".join(
                [line_format % (number, *cells, key, digest) for number, cells, key, digest in lines]
            )
        else:
            text = "".join(
                [
                    self._format(len(cells)) % (number, *cells, key, digest)
                    for number, cells, key, digest in lines
                ]
            )
        # JSON has already escaped tab and line end; a backslash stands nowhere but in it.
        return text.replace("\\", "\\\\").encode()

    def _format(self, cells: int) -> str:
        if cells not in self._formats:
            self._formats[cells] = f"{self._head}%d\t{self._payload.template(cells)}\t%s\t%s\n"
        return self._formats[cells]
