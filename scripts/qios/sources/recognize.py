"""Reads the beginning of a file in each way in which a source's files are read, and asks whose it
is. Staging and `qios sources detect` ask here."""

from collections.abc import Iterator, Sequence
from itertools import islice

from qios.content.kinds import OTHER, Kind, kind_of
from qios.errors import Findings
from qios.intake.batch import FileVersion
from qios.intake.header import Match
from qios.intake.readers import BINARY_READERS, FLAT, Records, open_records, open_tables
from qios.intake.reasons import FileRefused
from qios.intake.sources import Source, registered_sources
from qios.sources.claims import Claim, claims, strongest

LINE_BYTES = 1 << 20

Recognized = tuple[Source, Match]


def claim_on_file(version: FileVersion, kind: Kind, encoding: str | None) -> Recognized | None:
    """The source that claims a file of this kind as a whole; None where its tables, if it has any,
    are to be asked about one by one. Raises Findings where two do equally well."""
    readable = (f for f in _as_a_whole(version, kind, encoding) if not isinstance(f, Findings))
    return next(filter(None, (_best(found, version.name) for found in readable)), None)


def claim_on_table(header: Sequence[str], name: str) -> Recognized | None:
    """The source that claims a table of a file. Raises Findings where two do equally well."""
    return _best(claims(header, [source.shape for source in flat_sources()]), name)


def flat_sources() -> list[Source]:
    """Those whose rows may stand in any table, whatever kind of file it is in."""
    return [source for source in registered_sources().values() if source.row["reader"] == FLAT]


def survey(version: FileVersion, encoding: str | None) -> Iterator[list[Claim] | Findings]:
    """For each way of reading: the claims of the sources that are read so, or why it fails."""
    try:
        with version.open() as stream:
            kind = kind_of(stream, version.name)
        yield from _as_a_whole(version, kind, encoding)
        if kind.tables and kind.tables != "delimited":
            with open_tables(version, kind, encoding) as tables:
                for _, records in tables:
                    yield _claims(records, flat_sources())
    except FileRefused as refusal:
        yield refusal


def _as_a_whole(
    version: FileVersion, kind: Kind, encoding: str | None
) -> Iterator[list[Claim] | Findings]:
    if kind.is_text and not _has_lines(version):
        return
    for sources in _read_alike():
        reads_binary = sources[0].row["reader"] in BINARY_READERS
        if kind.is_text == reads_binary and kind != OTHER:
            continue
        try:
            with open_records(version, sources[0], encoding) as records:
                yield _claims(records, sources)
        except Findings as finding:
            yield finding


def _has_lines(version: FileVersion) -> bool:
    """Whether a header may end somewhere: a text that is one line would all be read for one."""
    with version.open() as stream:
        head = stream.read(LINE_BYTES)
    return len(head) < LINE_BYTES or b"\n" in head or b"\r" in head


def _claims(records: Records, sources: Sequence[Source]) -> list[Claim]:
    rows = [row for chunk in islice(records.chunks(), 1) for row in chunk.rows]
    return claims(records.header, [source.shape for source in sources], rows)


def _best(found: Sequence[Claim], name: str) -> Recognized | None:
    best = strongest(found, f"the header of {name}")
    return (registered_sources()[best.source.source_key], best.match) if best else None


def _read_alike() -> list[list[Source]]:
    """The registered sources, those together whose files are read in the same way."""
    alike: dict[tuple[str, ...], list[Source]] = {}
    for source in registered_sources().values():
        way = (source.row["reader"], source.row["delimiter"], source.row["encoding"])
        alike.setdefault(way, []).append(source)
    return list(alike.values())
