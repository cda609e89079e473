"""Columns of which one says what the other holds, such as `Custom Field 1 - Label` and `Custom
Field 1 - Value`, or the name and the value of a setting: where the first names a secret, the second
is one. It may only sound like one; the marker then says that the value went by its name.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from qios.gate.headers import Redaction
from qios.gate.marker import WITHHELD, marker
from qios.intake.chunk import Chunk

LONGEST_NAME = 60
BY_NAME = ", by its name"
"""Behind the kind in a marker: no heading and no form of the value had a part in it."""

_NAME = re.compile(
    r"(?P<of>.*?)[\W_]*(?:label|type|key|name|setting|property|field|option|parameter|variable)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?P<of>.*?)[\W_]*(?:value|content)", re.IGNORECASE)


class Pairs:
    """The pairs of a header. secret: a label → what replaces the values under it, if any.
    replaced: positions of the columns in which a value was replaced.

    Of several columns that could be the name the last one before the value is.
    """

    def __init__(self, labels: Sequence[str], secret: Callable[[str], Redaction | None]) -> None:
        self.names = dict(_pairs(labels))
        self._width = len(labels)
        self.replaced: set[int] = set()
        self._secret = secret
        self._named_before = lru_cache(maxsize=10_000)(secret)

    def redact(self, chunk: Chunk) -> None:
        """Replace the values of a chunk whose names are headings of secrets, in place."""
        if not self.names:
            return
        for row in chunk.rows:
            if len(row) == self._width and chunk.shape_certain:
                self._redact(row)
            else:
                self._withhold(row)
        chunk.changed()
        for rejected in chunk.rejected:
            self._withhold(rejected.cells)
            if rejected.line is not None and self._secret(rejected.line):
                rejected.line = WITHHELD

    def _redact(self, row: list[str]) -> None:
        for value_at, name_at in self.names.items():
            if row[value_at] and (hit := self._named(row[name_at])):
                kind = f"{hit.marker.removesuffix(']')}{BY_NAME}]"
                row[value_at] = marker(kind, row[value_at])
                self.replaced.add(value_at)

    def _named(self, cell: str) -> Redaction | None:
        return self._named_before(cell) if 0 < len(cell) <= LONGEST_NAME else None

    def _withhold(self, cells: list[str]) -> None:
        """Of a record of another shape nobody knows which cell the name is about."""
        if any(map(self._named, cells)):
            cells[:] = [WITHHELD if cell else "" for cell in cells]


def _pairs(labels: Sequence[str]) -> list[tuple[int, int]]:
    """(position of the value, position of its name)."""
    plain = [unicodedata.normalize("NFKC", label).strip().casefold() for label in labels]
    names: dict[str, int] = {}
    found = []
    for at, label in enumerate(plain):
        if (value := _VALUE.fullmatch(label)) and value["of"] in names:
            found.append((at, names[value["of"]]))
        elif name := _NAME.fullmatch(label):
            names[name["of"]] = at
    return found
