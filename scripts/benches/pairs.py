"""Pairs that the product finds among made-up parties, held against those that are one."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

from psycopg import sql

from qios.matching import candidates
from qios.matching.score import Scored, scored
from qios.server import connection

Pair = tuple[uuid.UUID, uuid.UUID]


def compared(
    columns: Sequence[str], parties: Iterable[Sequence[object]], floor: float
) -> list[Scored]:
    """The pairs of so many points at least. columns: those of match_parties; parties: their
    values, those that are new being sought among all."""
    with connection.connect() as database:
        candidates.begin(database)
        statement = sql.SQL("copy match_parties ({}) from stdin").format(
            sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with database.cursor().copy(statement) as rows:
            for party in parties:
                rows.write_row(party)
        candidates.find_among_each_other(database)
        return list(scored(database, floor))


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
