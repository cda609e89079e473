"""The pairs that were found, compared one by one."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.matching.compare import Comparison, compare
from qios.matching.party import ORGANIZATION, Address, Party, organization, person, plain
from qios.matching.rarity import Rarity

BLOCK = 5000
KEPT = 50_000
"""Pairs compared at a time, and parties kept in memory meanwhile."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Two parties, left the one whose id sorts first, and how they compare."""

    left: uuid.UUID
    right: uuid.UUID
    comparison: Comparison


def scored(database: psycopg.Connection, floor: float) -> Iterator[Scored]:
    """The pairs of match_pairs that have at least so many points, in the order of their ids."""
    rarity = _rarity(database)
    known: dict[uuid.UUID, Party] = {}
    with database.cursor(name="pairs") as cursor:
        cursor.itersize = BLOCK
        cursor.execute("select left_id, right_id from match_pairs order by 1, 2")
        while block := cursor.fetchmany(BLOCK):
            if len(known) > KEPT:
                known.clear()
            _load(database, known, {party for pair in block for party in pair})
            for left, right in block:
                comparison = compare(known[left], known[right], rarity)
                if comparison.points >= floor:
                    yield Scored(left, right, comparison)


def _load(
    database: psycopg.Connection, known: dict[uuid.UUID, Party], wanted: Iterable[uuid.UUID]
) -> None:
    missing = [party for party in wanted if party not in known]
    rows = database.execute(
        """
        select party_id, kind, given_name, family_name, full_name, honorific_suffix, birth_date,
            emails, phones, addresses, numbers
        from match_parties where party_id = any(%s)
        """,
        [missing],
    )
    for party, kind, given, family, full, suffix, birth, emails, phones, addresses, numbers in rows:
        reached = {
            "emails": emails or (),
            "phones": phones or (),
            "addresses": [Address.of(*parts) for parts in addresses or ()],
            "numbers": [(kind, number) for kind, number in numbers or ()],
        }
        if kind == ORGANIZATION:
            known[party] = organization(full, **reached)
        else:
            known[party] = person(given, family, full, suffix, birth, **reached)


def _rarity(database: psycopg.Connection) -> Rarity:
    """How often names are borne among the parties at hand."""
    (number,) = database.execute("select count(*) from match_parties").fetchone()
    return Rarity(number, _bearers(database, "given_name"), _bearers(database, "family_name"))


def _bearers(database: psycopg.Connection, column: str) -> dict[str, int]:
    bearers: dict[str, int] = {}
    statement = sql.SQL(
        "select {name}, count(*) from match_parties where {name} is not null group by 1"
    ).format(name=sql.Identifier(column))
    for name, number in database.execute(statement):
        bearers[plain(name)] = bearers.get(plain(name), 0) + number
    return bearers
