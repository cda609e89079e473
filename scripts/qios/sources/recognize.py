"""Reads the beginning of a file in each way in which a source's files are read, and asks whose it
is. Staging and `qios sources detect` ask here."""

from collections.abc import Iterator
from itertools import islice

from qios.errors import Findings
from qios.intake.batch import FileVersion
from qios.intake.header import Match
from qios.intake.readers import open_records
from qios.intake.sources import Source, registered_sources
from qios.sources.claims import Claim, claims, strongest


def recognize(version: FileVersion, encoding: str | None) -> tuple[Source, Match]:
    """The source that claims a file. Raises Findings where none does, or two do equally well."""
    unreadable: Findings | None = None
    for found in survey(version, encoding):
        if isinstance(found, Findings):
            unreadable = unreadable or found
        elif best := strongest(found, f"the header of {version.name}"):
            return registered_sources()[best.source.source_key], best.match
    raise unreadable or Findings(
        f"{version.name}: no registered source has this header (unknown_source)",
        "`qios sources detect` shows which source comes near, and which of its headings are "
        "missing; a renamed heading becomes an alias in "
        "seeds/qinexus/qinexus__seed_source_columns.csv",
    )


def survey(version: FileVersion, encoding: str | None) -> Iterator[list[Claim] | Findings]:
    """For each way of reading: the claims of the sources that are read so, or why it fails."""
    for sources in _read_alike():
        try:
            with open_records(version, sources[0], encoding) as records:
                rows = [row for chunk in islice(records.chunks(), 1) for row in chunk.rows]
                yield claims(records.header, [source.shape for source in sources], rows)
        except Findings as finding:
            yield finding


def _read_alike() -> list[list[Source]]:
    """The registered sources, those together whose files are read in the same way."""
    alike: dict[tuple[str, ...], list[Source]] = {}
    for source in registered_sources().values():
        way = (source.row["reader"], source.row["delimiter"], source.row["encoding"])
        alike.setdefault(way, []).append(source)
    return list(alike.values())
