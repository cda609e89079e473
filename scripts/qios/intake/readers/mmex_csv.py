"""Records of Money Manager Ex's CSV exports, with the known faults of its exporters told apart.

- Version 1.9.0 writes 0.00 as the amount of every withdrawal and deposit. Of such a file no row is
  taken: the amounts cannot be known from it.
- A row whose first cells are empty loses their delimiters, and all of it moves to the left.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from qios.intake.batch import FileVersion
from qios.intake.chunk import Chunk
from qios.intake.header import find_columns
from qios.intake.readers import Records, delimited
from qios.intake.sources import Source

ZERO = frozenset("0.,' \u00a0\u2009\u202f-+")
AMOUNTS = ("amount", "withdrawal_amount", "deposit_amount")


@contextmanager
def open_records(version: FileVersion, source: Source, encoding: str | None) -> Iterator[Records]:
    """The records of an export of transactions."""
    with delimited.open_records(version, source, encoding) as records:
        yield MmexExport(records, version, source, encoding)


class MmexExport(Records):
    """The records of a delimited file, refused with the exporter's fault where it shows one."""

    def __init__(
        self, records: Records, version: FileVersion, source: Source, encoding: str | None
    ) -> None:
        self.header = records.header
        self.delimiter = records.delimiter
        self.encoding = records.encoding
        self.position = records.position
        self._records = records
        self._again = (version, source, encoding)

    @property
    def read(self) -> int:
        return self._records.read

    def chunks(self) -> Iterator[Chunk]:
        """Chunks until the end of the file."""
        worthless = self._amounts_are_all_zero()
        for chunk in self._records.chunks():
            for rejected in chunk.rejected:
                if len(rejected.cells) == len(self.header) - 1:
                    rejected.reasons = ("mmex_shifted_row",)
            if worthless:
                why = (("mmex_zero_amounts",), "every withdrawal and deposit of the file is 0.00")
                chunk.set_aside(dict.fromkeys(range(len(chunk.rows)), why))
            yield chunk

    def _amounts_are_all_zero(self) -> bool:
        """Whether the file has withdrawals or deposits, all of nothing; transfers are written
        right. It is read until the first that is something, which normally is the first."""
        version, source, encoding = self._again
        columns = find_columns(self.header, source.shape.columns)
        amounts = [columns[name] for name in AMOUNTS if name in columns]
        kind = columns.get("transaction_type")
        found = False
        with delimited.open_records(version, source, encoding) as records:
            for chunk in records.chunks():
                for row in chunk.rows:
                    if kind is not None and row[kind].strip().lower() == "transfer":
                        continue
                    written = "".join(row[at] for at in amounts)
                    if not ZERO.issuperset(written):
                        return False
                    found = found or bool(written.strip())
        return found
