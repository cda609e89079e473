"""A binary COPY that begins with its first rows, and can be ended between any two blocks."""

from collections.abc import Sequence

import psycopg
from psycopg import sql

from qios.intake.copyrows import HEAD, TAIL


class Copying:
    """Rows on their way into a table. While a COPY is open the connection takes no other statement:
    call `end` before one; the next rows begin another COPY."""

    def __init__(
        self, database: psycopg.Connection, table: sql.Identifier, columns: Sequence[str]
    ) -> None:
        self._database = database
        self._statement = sql.SQL("copy {} ({}) from stdin (format binary)").format(
            table, sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        self._copy: psycopg.Copy | None = None

    def write(self, rows: bytes) -> None:
        """rows: as `CopyRows.block` gives them."""
        if self._copy is None:
            self._copying = self._database.cursor().copy(self._statement)
            self._copy = self._copying.__enter__()
            self._copy.write(HEAD)
        self._copy.write(rows)

    def end(self, *error: object) -> None:
        """End the COPY that is open, if one is. error: as `__exit__` gets it; what was written is
        then taken back."""
        if self._copy is not None:
            if not any(error):
                self._copy.write(TAIL)
            self._copying.__exit__(*(error or (None, None, None)))
            self._copy = None
