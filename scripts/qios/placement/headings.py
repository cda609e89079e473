"""The headings of a flat file, with what the registry knows of each."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qios.content.kinds import kind_of
from qios.content.text_kinds import DELIMITERS
from qios.errors import Findings, UsageError
from qios.gate import build_gate
from qios.gate.rules import header_rules
from qios.intake.batch import FileVersion
from qios.intake.decode import open_text
from qios.intake.header import Match
from qios.intake.readers import open_records, open_tables
from qios.intake.readers.delimited import RecordReader
from qios.intake.sources import Source
from qios.placement.meanings import Meanings
from qios.sources.detect import members_of, unregistered
from qios.sources.recognize import claim_on_file, claim_on_table

NO_MATCH = Match("", {})


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
    """The source that claims the file, if one does, and its headings.

    What a heading of a source means is known by the column of the typed view that it feeds.
    Raises Findings where the file has no usable header.
    """
    version = unregistered(path)
    if members_of(version) is not None:
        raise UsageError(
            f"{version.name} is an archive: its members may mean different things",
            "name one of them, as `qios sources detect` shows them",
        )
    source, match, labels = _claimed(version, encoding)
    columns = {at: name for name, at in match.positions.items()}
    secrets = build_gate(labels, header_rules()).columns
    found = []
    for at, label in enumerate(labels):
        fields = meanings.fields_of_column(source.view, columns[at]) if at in columns else ()
        fields = fields or meanings.fields_of(label)
        credential = at in secrets and secrets[at].category == "credential"
        if label.strip():
            found.append(Heading(label, fields, credential))
    return source, found


def _claimed(version: FileVersion, encoding: str | None) -> tuple[Source | None, Match, list[str]]:
    """The source that claims the file, if one does, the columns it found, and all labels; of a file
    of several tables those of the first."""
    with version.open() as stream:
        kind = kind_of(stream, version.name)
    claim = claim_on_file(version, kind, encoding)
    if claim:
        with open_records(version, claim[0], encoding) as records:
            return *claim, records.header
    if kind.is_text or not kind.tables:
        return None, NO_MATCH, _labels(version, encoding)
    with open_tables(version, kind, encoding) as tables:
        labels = next((records.header for _, records in tables), [])
    return *(claim_on_table(labels, version.name) or (None, NO_MATCH)), labels


def _labels(version: FileVersion, encoding: str | None) -> list[str]:
    """The labels of a delimited file, taken apart by the delimiter that gives the most of them."""
    found, unreadable = [], None
    for delimiter in DELIMITERS:
        text = open_text(version.open(), name=version.name, declared=encoding)
        with closing(text.stream) as stream:
            try:
                found.append(RecordReader(stream, name=version.name, delimiter=delimiter).header)
            except Findings as finding:
                unreadable = unreadable or finding
    if unreadable and not found:
        raise unreadable
    return max(found, key=len)
