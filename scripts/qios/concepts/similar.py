"""Pairs of fields that look like one (section 14.4 of the specification), with the reasons.

The score is between 0 and 1: how much alike the closest two of their names are, then their
descriptions, then whether they have one type. A name that both bear makes it 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qios.concepts.names import Words, likeness, words_of
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow

# At 0.8 two fields share all telling words of a name, or nearly all and the description.
THRESHOLD = 0.8
NAME, DESCRIPTION, TYPE = 0.65, 0.2, 0.15


@dataclass(frozen=True)
class Field:
    """A field, registered or only thought of: its names by the words that are telling in them."""

    key: str
    names: dict[Words, str]
    spellings: frozenset[str]  # each name in lower case, its words joined by _
    data_type: str = ""
    description: str = ""


@dataclass(frozen=True)
class Likeness:
    """Two fields, the two names that are closest, and what of their meaning agrees."""

    left: Field
    right: Field
    left_name: str
    right_name: str
    name: float
    description: float | None  # None where one of them says nothing
    same_type: bool | None

    @property
    def shared_name(self) -> str:
        return min(self.left.spellings & self.right.spellings, default="")

    @property
    def score(self) -> float:
        """Over what is known of both."""
        if self.shared_name:
            return 1.0
        parts = [(NAME, self.name)]
        if self.description is not None:
            parts.append((DESCRIPTION, self.description))
        if self.same_type is not None:
            parts.append((TYPE, float(self.same_type)))
        return sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)

    @property
    def why(self) -> str:
        """`"client_email" and "email": 100 % of the name, 64 % of the description, one type`"""
        if self.shared_name:
            return f'"{self.shared_name}" is a name of both'
        reasons = [f"{self.name:.0%} of the name"]
        if self.description is not None:
            reasons.append(f"{self.description:.0%} of the description")
        if self.same_type is not None:
            reasons.append("one type" if self.same_type else "two types")
        return f'"{self.left_name}" and "{self.right_name}": {", ".join(reasons)}'


def field_named(name: str) -> Field:
    """A field that is not registered, known by its name only."""
    return Field(name, {words_of(name): name}, frozenset({_spelling(name)}))


def field_of(row: SeedRow) -> Field:
    names = (*row.items("aliases"), row["field_key"])
    spellings = frozenset(map(_spelling, names))
    telling = {words_of(name): name for name in names}
    return Field(row["field_key"], telling, spellings, row["data_type"], row["description"])


def fields_of(registry: Registry) -> list[Field]:
    return [field_of(row) for row in registry.fields.values() if not row["deprecated_at"]]


def similar_to(field: Field, others: list[Field], threshold: float) -> list[Likeness]:
    """The likenesses of one field to others from the threshold on, the closest first."""
    found = (_compare(field, other) for other in others if other.key != field.key)
    return _from(threshold, (pair for pair in found if pair is not None))


def similar_pairs(registry: Registry, threshold: float = THRESHOLD) -> list[Likeness]:
    """All pairs from the threshold on that no row of qieos.field_distinctions tells apart."""
    apart = {
        frozenset((row["field_key"], row["distinct_from"]))
        for row in registry.seeds["qieos.field_distinctions"]
        if not row["deprecated_at"]
    }
    pairs = (
        pair
        for left, right in _sharing_a_word(fields_of(registry))
        if frozenset((left.key, right.key)) not in apart
        and (pair := _compare(left, right)) is not None
    )
    return _from(threshold, pairs)


def near_duplicates(registry: Registry) -> Iterator[tuple[str, str]]:
    """(field, what it looks like) of pairs that are neither one nor declared to be two.

    Named is the field that has the other's key as an alias, else that of fewer columns, as the
    newcomer; of equals, the later in the alphabet.
    """
    columns = Counter(
        column.field["field_key"]
        for relation in registry.relations.values()
        for column in relation.live_columns
    )
    for pair in similar_pairs(registry):
        keys = sorted((pair.left.key, pair.right.key))
        known, newcomer = sorted(keys, key=lambda key: (key != pair.shared_name, -columns[key]))
        detail = f"looks like the field {known} ({pair.score:.2f}; {pair.why})"
        yield newcomer, detail


def _sharing_a_word(fields: list[Field]) -> Iterator[tuple[Field, Field]]:
    """Each pair once whose names share a word: of the others none can reach any threshold."""
    by_word: dict[str, dict[int, None]] = {}
    for place, field in enumerate(fields):
        for earlier in dict.fromkeys(
            number
            for words in field.names
            for word in words
            for number in by_word.get(word, ())
            if number != place
        ):
            yield fields[earlier], field
        for words in field.names:
            for word in words:
                by_word.setdefault(word, {})[place] = None


def _compare(left: Field, right: Field) -> Likeness | None:
    from rapidfuzz import fuzz

    closest, ours, theirs = 0.0, "", ""
    for words, name in left.names.items():
        for others, other in right.names.items():
            share = likeness(words, others)
            if share > closest:
                closest, ours, theirs = share, name, other
    if not closest:
        return None
    described = bool(left.description and right.description)
    alike = fuzz.token_set_ratio(left.description.lower(), right.description.lower()) / 100
    return Likeness(
        *(left, right, ours, theirs, closest),
        description=alike if described else None,
        same_type=left.data_type == right.data_type if left.data_type else None,
    )


def _spelling(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _from(threshold: float, pairs: Iterator[Likeness]) -> list[Likeness]:
    found = [pair for pair in pairs if pair.score >= threshold]
    return sorted(found, key=lambda pair: (-pair.score, pair.left.key, pair.right.key))
