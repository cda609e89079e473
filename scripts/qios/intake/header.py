"""The header of a file: distinct names for its columns, its hash, and the columns it has."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qios.intake.decode import storable

SURPLUS = "_surplus"
"""The payload key under which text stands that belongs to no column."""


@dataclass(frozen=True)
class SourceShape:
    """How the files of a registered source look.

    columns: column_name -> the labels it is known by, the source's own label first, then aliases.
    header_markers: the column_names that a file must have to be one of this source; of `a/b`, one.
    values: column_name -> what its values look like, for the columns of which that can be told.
    """

    source_key: str
    columns: Mapping[str, Sequence[str]]
    header_markers: Sequence[str]
    values: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """The source that claims a header, and the 0-based position of each column it found."""

    source_key: str
    positions: Mapping[str, int]


def distinct_names(labels: Sequence[str]) -> list[str]:
    """A name for every label, all different: the label itself wherever that is possible.

    A twin becomes `name#2`, a blank label `column_7` (counted from 1). A made-up name never takes
    one that another label has by right.
    """
    labels = [storable(label) for label in labels]
    by_right = {label for label in labels if label.strip()} | {SURPLUS}
    given = {SURPLUS}
    names = []
    for position, label in enumerate(labels, start=1):
        stem = label if label.strip() else f"column_{position}"
        name, number = stem, 1
        while name in given or (name != label and name in by_right):
            number += 1
            name = f"{stem}#{number}"
        given.add(name)
        names.append(name)
    return names


def payload_names(
    labels: Sequence[str], positions: Mapping[str, int], columns: Mapping[str, Sequence[str]]
) -> list[str]:
    """A distinct name for every label; one by which a column was found is written as registered,
    since the typed view asks for it letter by letter."""
    named = list(labels)
    for column, position in positions.items():
        known = columns.get(column, ())
        if named[position] not in known:
            as_registered = {normal_label(label): label for label in known}
            named[position] = as_registered.get(normal_label(named[position]), named[position])
    return distinct_names(named)


def header_hash(labels: Sequence[str]) -> str:
    """SHA-256, in hex, of the exact list of labels: it changes when anything in the header does."""
    return hashlib.sha256(json.dumps(list(labels)).encode()).hexdigest()


def normal_label(label: str) -> str:
    """The form in which labels are compared. Inner spaces stay: they can tell two columns apart."""
    return label.strip("\ufeff \t\r\n\u00a0").casefold()


def find_columns(labels: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """column_name -> 0-based position, for the columns the header has.

    A position is given once; a source's own labels come before aliases, and of two header twins
    the first is taken.
    """
    where: dict[str, list[int]] = {}
    for position, label in enumerate(labels):
        where.setdefault(normal_label(label), []).append(position)
    where.pop("", None)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for rank in range(max((len(known_by) for known_by in columns.values()), default=0)):
        for column, known_by in columns.items():
            if column in found or rank >= len(known_by):
                continue
            first = where.get(normal_label(known_by[rank]), [-1])[0]
            if first >= 0 and first not in taken:
                found[column] = first
                taken.add(first)
    return found


def first_present(alternatives: str, positions: Mapping[str, int]) -> str | None:
    """Of column_names joined by `/`, the first that the header has; None where it has none."""
    return next((name for name in alternatives.split("/") if name in positions), None)
