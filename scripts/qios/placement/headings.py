"""The headings of the tables of a file, with what the registry knows of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qios.content.kinds import kind_of
from qios.errors import Findings, UsageError
from qios.gate import build_gate
from qios.gate.rules import header_rules
from qios.intake.batch import FileVersion
from qios.intake.readers import open_records, open_tables
from qios.intake.sources import Source
from qios.placement.meanings import Meanings
from qios.sources.detect import members_of, unregistered
from qios.sources.recognize import Recognized, claim_on_file, claim_on_table


@dataclass(frozen=True)
class Heading:
    """A heading of a file. fields: the registry's fields that it means; none where it is unknown.

    secret: whether the gate takes it for the heading of a credential.
    """

    label: str
    fields: Sequence[str]
    secret: bool


def read_headings(
    path: Path, encoding: str | None, meanings: Meanings
) -> tuple[Source | None, list[Heading]]:
    """The source that claims the file or a table in it, if one does; the headings of all tables.

    What a heading of a source means is known by the column of the typed view that it feeds.
    Raises Findings where the file has no usable header.
    """
    version = unregistered(path)
    if members_of(version) is not None:
        raise UsageError(
            f"{version.name} is an archive: its members may mean different things",
            "name one of them, as `qios sources detect` shows them",
        )
    sources, found = [], []
    for labels, claim in _tables(version, encoding):
        if claim:
            sources.append(claim[0])
        found += _headings(labels, claim, meanings)
    return sources[0] if sources else None, found


def _tables(
    version: FileVersion, encoding: str | None
) -> Iterator[tuple[list[str], Recognized | None]]:
    """The labels of each table of a file, and the source that claims it."""
    with version.open() as stream:
        kind = kind_of(stream, version.name)
    if claim := claim_on_file(version, kind, encoding):
        with open_records(version, claim[0], encoding) as records:
            yield records.header, claim
    elif kind.tables:
        with open_tables(version, kind, encoding) as tables:
            for _, records in tables:
                yield records.header, claim_on_table(records.header, version.name)
    else:
        raise Findings(
            f"{version.name} ({kind.media_type}) has no tables whose columns could mean something",
            "`qios register` it: what it is and its text, if it has any, belong in qinexus",
        )


def _headings(
    labels: Sequence[str], claim: Recognized | None, meanings: Meanings
) -> Iterator[Heading]:
    columns = {at: name for name, at in claim[1].positions.items()} if claim else {}
    secrets = build_gate(labels, header_rules()).columns
    for at, label in enumerate(labels):
        fields = meanings.fields_of_column(claim[0].view, columns[at]) if at in columns else ()
        fields = fields or meanings.fields_of(label)
        credential = at in secrets and secrets[at].category == "credential"
        if label.strip():
            yield Heading(label, fields, credential)
