"""A private key whose lines became records of their own, because a quote was never closed.

Only its first line says what it is; the lines below are letters like any others.
"""

from qios.gate.marker import WITHHELD
from qios.intake.chunk import Chunk, Rejected

BEGIN, END = "PRIVATE KEY", "-----END"
UNCERTAIN = (
    ("shape_uncertain",),
    "an earlier record could not be read, so secrets may stand in any cell of this one",
)


class TornKey:
    """Follows the records of a file in their order."""

    def __init__(self) -> None:
        self._inside = False

    def withhold(self, chunk: Chunk) -> None:
        """Withhold every record from the one in which a key begins to the one in which it ends."""
        if not self._inside and not any(BEGIN in _text(record) for record in chunk.rejected):
            return
        records = [*chunk.rejected, *zip(chunk.numbers, chunk.rows, strict=True)]
        withheld = set()
        for record in sorted(records, key=_number):
            text = _text(record)
            if self._inside or BEGIN in text:
                withheld.add(_number(record))
                self._inside = END not in text
        rows = [i for i, number in enumerate(chunk.numbers) if number in withheld]
        chunk.set_aside(dict.fromkeys(rows, UNCERTAIN))
        for rejected in chunk.rejected:
            if rejected.row_number in withheld:
                rejected.cells = [WITHHELD if cell else "" for cell in rejected.cells]
                rejected.line = None if rejected.line is None else WITHHELD


def _number(record: Rejected | tuple[int, list[str]]) -> int:
    return record.row_number if isinstance(record, Rejected) else record[0]


def _text(record: Rejected | tuple[int, list[str]]) -> str:
    if isinstance(record, Rejected):
        return "\n".join([record.line or "", *record.cells])
    return "\n".join(record[1])
