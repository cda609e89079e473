"""The secret gate: secret values are replaced in memory, before anything can store them.

It goes by the names of the columns. Where the shape of a row does not tell which cell belongs to
which column, the whole row is withheld; where no rules are known, nothing passes.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qios.errors import EnvironmentFault, Findings
from qios.intake.chunk import Chunk
from qios.intake.header import normal_label

WITHHELD = "[withheld: the row's shape differs from its header]"
NAMELESS = "[withheld: the column has no name]"
DECLARED = "[redacted: declared secret]"
UNCERTAIN = (
    ("shape_uncertain",),
    "an earlier record could not be read, so secrets may stand in any cell of this one",
)


@dataclass(frozen=True)
class Redaction:
    """What is put in place of the values of a column, and the category of what was there."""

    marker: str
    category: str


@dataclass(frozen=True)
class Gate:
    """columns: 0-based position -> what replaces its values; width: the cells of the header.

    absent: declared secret columns that the header does not have, for the caller to report.
    """

    columns: Mapping[int, Redaction]
    width: int
    absent: tuple[str, ...] = ()

    def apply(self, chunk: Chunk) -> None:
        """Redact a chunk in place. Does nothing for a file without secret columns."""
        if not self.columns:
            return
        if not chunk.shape_certain:
            # Behind an unreadable record a row may have the right shape and yet shifted cells.
            chunk.set_aside(dict.fromkeys(range(len(chunk.rows)), UNCERTAIN))
        if set(map(len, chunk.rows)) <= {self.width}:
            for position, redaction in self.columns.items():
                for row in chunk.rows:
                    if row[position]:
                        row[position] = redaction.marker
        else:
            for row in chunk.rows:
                self._redact(row)
        for rejected in chunk.rejected:
            if rejected.line is not None:
                rejected.line = WITHHELD
            self._redact(rejected.cells, chunk.shape_certain)

    def refuse_secret_key(self, positions: Sequence[int], name: str) -> None:
        """Findings where a natural key is secret: its values would all become one."""
        if any(position in self.columns for position in positions):
            raise Findings(
                f"{name}: a column of the natural key is a secret column",
                cure="give the source another natural key in its registry entry",
            )

    def _redact(self, row: list[str], shape_certain: bool = True) -> None:
        if len(row) != self.width or not shape_certain:
            row[:] = [WITHHELD if cell else "" for cell in row]
            return
        for position, redaction in self.columns.items():
            if row[position]:
                row[position] = redaction.marker


def build_gate(
    labels: Sequence[str],
    rules: Iterable[tuple[str, str, str]],
    secret_columns: Iterable[str] = (),
    positions: Mapping[str, int] | None = None,
) -> Gate:
    """The gate of a file with this header.

    rules: (regular expression searched in a label, marker, category), the first hit counts.
    secret_columns: what the source declares, as column_name (found through `positions`, from
    match_source) or as label. A column without a name is secret as soon as another one is.
    Raises EnvironmentFault where there are no rules or one of them is no regular expression.
    """
    compiled = [(_compiled(pattern), Redaction(marker, what)) for pattern, marker, what in rules]
    if not compiled:
        raise EnvironmentFault(
            "the secret gate has no redaction rules, so no file may pass it",
            cure="load the registry (its redaction rules are a seed), then import again",
        )
    declared, absent = _declared_positions(labels, secret_columns, positions or {})
    columns = {}
    for position, label in enumerate(labels):
        # Compatibility forms: a full-width letter is the same letter to the one who reads it.
        plain = unicodedata.normalize("NFKC", label)
        hit = next((what for pattern, what in compiled if pattern.search(plain)), None)
        if hit is None and position in declared:
            hit = Redaction(DECLARED, "declared")
        if hit is not None:
            columns[position] = hit
    if columns:
        nameless = (position for position, label in enumerate(labels) if not label.strip())
        columns |= dict.fromkeys(nameless, Redaction(NAMELESS, "unknown"))
    return Gate(columns, len(labels), absent)


def _declared_positions(
    labels: Sequence[str], secret_columns: Iterable[str], positions: Mapping[str, int]
) -> tuple[set[int], tuple[str, ...]]:
    """Where the declared secret columns stand, header twins included, and which are nowhere."""
    found: set[int] = set()
    absent = []
    for name in secret_columns:
        label = normal_label(labels[positions[name]] if name in positions else name)
        here = {at for at, other in enumerate(labels) if normal_label(other) == label}
        found |= here
        if not here:
            absent.append(name)
    return found, tuple(absent)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise EnvironmentFault(
            f"the redaction rule {pattern!r} is not a regular expression: {error}",
            cure="correct the rule in the registry and load it again",
        ) from error
