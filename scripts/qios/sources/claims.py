"""How well the registered sources fit a header and some rows, and which of them claims it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qios.errors import Findings
from qios.intake.header import Match, SourceShape, find_columns, first_present


@dataclass(frozen=True)
class Claim:
    """What speaks for a source, and what against it.

    match: the columns that the header has. missing: the markers that it lacks. labels: how many
    headings the file has. fitting, judged: of the sampled values whose form can be told, how many
    have the form of their column.
    """

    source: SourceShape
    match: Match
    missing: tuple[str, ...]
    labels: int
    fitting: int
    judged: int

    @property
    def holds(self) -> bool:
        """Whether the file is of this source, unless a stronger claim holds too."""
        return bool(self.source.header_markers) and not self.missing

    @property
    def fit(self) -> float:
        """The share of the judged values that fit; 1 where none could be judged."""
        return self.fitting / self.judged if self.judged else 1.0

    @property
    def score(self) -> float:
        """From 0 to 1: each heading found makes it surer, each marker that is missing and each
        value of another form less sure."""
        found, markers = len(self.match.positions), len(self.source.header_markers)
        there = 1 - len(self.missing) / markers if markers else 0
        return round(there * self.fit * found / (found + 1), 2)

    @property
    def strength(self) -> tuple[int, int, int, float]:
        """What claims that hold are compared by. At equal columns the source that asks for more of
        itself is the more specific one; the values decide what is still open."""
        source = self.source
        found = len(self.match.positions)
        return (found, len(source.header_markers), -len(source.columns), self.fit)


def claims(
    labels: Sequence[str], sources: Iterable[SourceShape], rows: Iterable[Sequence[str]] = ()
) -> list[Claim]:
    """What each source can say for itself. rows: some rows of the file."""
    sample = list(rows)
    named = sum(1 for label in labels if label.strip())
    found = []
    for source in sources:
        positions = find_columns(labels, source.columns)
        missing = tuple(
            marker for marker in source.header_markers if first_present(marker, positions) is None
        )
        fitting, judged = _judge(source, positions, sample)
        match = Match(source.source_key, positions)
        found.append(Claim(source, match, missing, named, fitting, judged))
    return found


def strongest(found: Sequence[Claim], name: str = "the header") -> Claim | None:
    """The claim that holds: all markers there, and the most columns found; None where none does.

    Raises Findings, which call the header `name`, where two sources claim it equally well.
    """
    holding = [claim for claim in found if claim.holds]
    best = [c for c in holding if c.strength == max(claim.strength for claim in holding)]
    if len(best) > 1:
        keys = ", ".join(sorted(claim.source.source_key for claim in best))
        raise Findings(
            f"{name} fits these sources equally well: {keys} (ambiguous_source)",
            cure="give one of them a header marker that the other lacks, in "
            "seeds/qinexus/qinexus__seed_sources.csv",
        )
    return best[0] if best else None


def _judge(
    source: SourceShape, positions: dict[str, int], rows: Sequence[Sequence[str]]
) -> tuple[int, int]:
    """(fitting, judged): how many values of the found columns have the form of their column."""
    fitting = judged = 0
    for column, position in positions.items():
        shape = source.values.get(column)
        if shape is None:
            continue
        for row in rows:
            value = row[position].strip() if position < len(row) else ""
            if value:
                judged += 1
                fitting += bool(shape.fullmatch(value))
    return fitting, judged
