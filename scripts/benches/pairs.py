"""Pairs that were linked, held against those that are one."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Mapping
from itertools import combinations

Pair = tuple[uuid.UUID, uuid.UUID]


def true_pairs(whose: Mapping[uuid.UUID, Hashable]) -> set[Pair]:
    """whose: who each party really is."""
    people: dict[Hashable, list[uuid.UUID]] = defaultdict(list)
    for party, person in whose.items():
        people[person].append(party)
    return {pair for parties in people.values() for pair in combinations(sorted(parties), 2)}


def told(linked: set[Pair], true: set[Pair]) -> str:
    right = len(linked & true)
    precision, recall = right / len(linked), right / len(true)
    f1 = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}"
