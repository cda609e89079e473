"""The gate of one file: its rows pass it in chunks, and come out without secrets.

Where the shape of a row does not tell which cell belongs to which column, the whole row is
withheld; where no rules are known, nothing passes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qios.errors import Findings
from qios.gate.headers import Redaction, kinds_of_headings, secret_columns
from qios.gate.marker import WITHHELD, marker
from qios.gate.pairs import Pairs
from qios.gate.rules import registered_value_rules
from qios.gate.torn import UNCERTAIN, TornKey
from qios.gate.values import ValueRules
from qios.intake.chunk import BETWEEN_CELLS, Chunk, Rejected


@dataclass
class Gate:
    """columns: 0-based position -> what replaces its values; width: the cells of the header.

    pairs: columns whose cells say what others hold.
    absent: declared secret columns that the header does not have, for the caller to report.
    Chunks pass in file order: a private key may be torn over several unreadable records.
    """

    columns: Mapping[int, Redaction]
    width: int
    values: ValueRules
    pairs: Pairs
    absent: tuple[str, ...] = ()
    _torn_key: TornKey = field(default_factory=TornKey, init=False, repr=False)

    @property
    def replaced(self) -> set[int]:
        """The positions of the columns of which values were replaced."""
        return {*self.columns, *self.pairs.replaced}

    def apply(self, chunk: Chunk) -> None:
        """Replace the secrets of a chunk, in place."""
        if self.columns:
            if not chunk.shape_certain:
                # Behind an unreadable record a row may have the right shape, its cells shifted.
                chunk.set_aside(dict.fromkeys(range(len(chunk.rows)), UNCERTAIN))
            self._redact_columns(chunk)
            chunk.changed()
        self.pairs.redact(chunk)
        self._torn_key.withhold(chunk)
        self._clean_cells(chunk)
        for rejected in chunk.rejected:
            self._clean_rejected(rejected, chunk.shape_certain)

    def refuse_secret_key(self, positions: Sequence[int], name: str) -> None:
        """Findings where a natural key is secret: it would be kept as its markers only."""
        if any(position in self.columns for position in positions):
            raise Findings(
                f"{name}: a column of the natural key is a secret column",
                cure="give the source another natural key in its registry entry",
            )

    def _redact_columns(self, chunk: Chunk) -> None:
        if set(map(len, chunk.rows)) <= {self.width}:
            for position, redaction in self.columns.items():
                for row in chunk.rows:
                    if row[position]:
                        row[position] = marker(redaction.marker, row[position])
        else:
            for row in chunk.rows:
                self._redact(row)

    def _redact(self, row: list[str], shape_certain: bool = True) -> None:
        if len(row) != self.width or not shape_certain:
            row[:] = [WITHHELD if cell else "" for cell in row]
            return
        for position, redaction in self.columns.items():
            if row[position]:
                row[position] = marker(redaction.marker, row[position])

    def _clean_cells(self, chunk: Chunk) -> None:
        """Ask once for a chunk, then once for a row: hardly any row holds a secret."""
        lines = chunk.joined()
        if not self.values.suspects(BETWEEN_CELLS.join(lines)):
            return
        for row, line in zip(chunk.rows, lines, strict=True):
            if self.values.suspects(line):
                row[:] = map(self.values.clean, row)
        chunk.changed()

    def _clean_rejected(self, rejected: Rejected, shape_certain: bool) -> None:
        if self.columns:
            self._redact(rejected.cells, shape_certain)
        rejected.cells[:] = map(self.values.clean, rejected.cells)
        if rejected.line is not None:
            rejected.line = WITHHELD if self.columns else self.values.clean(rejected.line)


def build_gate(
    labels: Sequence[str],
    rules: Iterable[tuple[str, str, str]],
    declared: Iterable[str] = (),
    positions: Mapping[str, int] | None = None,
    values: ValueRules | None = None,
) -> Gate:
    """The gate of a file with this header.

    rules: (regular expression searched in a label, marker, category), the first hit counts.
    declared: what the source calls secret, as column_name (found through `positions`, from
    match_source) or as label. values: the registry's where left out.
    Raises EnvironmentFault where there are no rules or one of them is no regular expression.
    """
    kind_of = kinds_of_headings(rules)
    columns, absent = secret_columns(labels, kind_of, declared, positions or {})
    pairs = Pairs(labels, kind_of)
    return Gate(columns, len(labels), values or registered_value_rules(), pairs, absent)
