"""The secret gate: secret values are replaced in memory, before anything can store them.

It goes by the names of the columns. Where the shape of a row does not tell which cell belongs to
which column, the whole row is withheld; where no rules are known, nothing passes.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qios.errors import EnvironmentFault, Findings
from qios.intake.header import normal_label
from qios.intake.rows import Chunk, Rejected

WITHHELD = "[withheld: the row's shape differs from its header]"
NAMELESS = "[withheld: the column has no name]"
DECLARED = "[redacted: declared secret]"


@dataclass(frozen=True)
class Redaction:
    """What is put in place of the values of a column, and the category of what was there."""

    marker: str
    category: str


@dataclass(frozen=True)
class Gate:
    """columns: 0-based position -> what replaces its values; width: the cells of the header."""

    columns: Mapping[int, Redaction]
    width: int

    def apply(self, chunk: Chunk) -> None:
        """Redact a chunk in place. Does nothing for a file without secret columns."""
        if not self.columns:
            return
        if not chunk.shape_certain:
            self._withhold_all(chunk)
        if set(map(len, chunk.rows)) <= {self.width}:
            for position, redaction in self.columns.items():
                for row in chunk.rows:
                    if row[position]:
                        row[position] = redaction.marker
        else:
            for row in chunk.rows:
                self._redact(row)
        for rejected in chunk.rejected:
            self._redact_rejected(rejected)

    def refuse_secret_key(self, positions: Sequence[int], name: str) -> None:
        """Findings where a natural key is secret: its values would all become one."""
        if any(position in self.columns for position in positions):
            raise Findings(
                f"{name}: a column of the natural key is a secret column",
                cure="give the source another natural key in its registry entry",
            )

    def _redact(self, row: list[str]) -> None:
        if len(row) != self.width:
            row[:] = [WITHHELD if cell else "" for cell in row]
            return
        for position, redaction in self.columns.items():
            if row[position]:
                row[position] = redaction.marker

    def _redact_rejected(self, rejected: Rejected) -> None:
        if rejected.line is not None:
            rejected.line = WITHHELD
        self._redact(rejected.cells)

    def _withhold_all(self, chunk: Chunk) -> None:
        """Behind an unreadable record a row may have the right shape and yet shifted cells."""
        detail = "an earlier record could not be read, so its secrets may stand in any column here"
        chunk.set_aside(dict.fromkeys(range(len(chunk.rows)), (("shape_uncertain",), detail)))
        for rejected in chunk.rejected:
            rejected.cells[:] = [WITHHELD if cell else "" for cell in rejected.cells]


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
    declared = set(secret_columns)
    declared_labels = {normal_label(name) for name in declared}
    declared_positions = {at for name, at in (positions or {}).items() if name in declared}
    columns = {}
    for position, label in enumerate(labels):
        # Compatibility forms: a full-width letter is the same letter to the one who reads it.
        plain = unicodedata.normalize("NFKC", label)
        hit = next((what for pattern, what in compiled if pattern.search(plain)), None)
        if hit is None and (
            position in declared_positions or normal_label(label) in declared_labels
        ):
            hit = Redaction(DECLARED, "declared")
        if hit is not None:
            columns[position] = hit
    if columns:
        nameless = (position for position, label in enumerate(labels) if not label.strip())
        columns |= dict.fromkeys(nameless, Redaction(NAMELESS, "unknown"))
    return Gate(columns, len(labels))


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise EnvironmentFault(
            f"the redaction rule {pattern!r} is not a regular expression: {error}",
            cure="correct the rule in the registry and load it again",
        ) from error
