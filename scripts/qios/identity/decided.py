"""Pairs that were decided to be the same become one entity, as soon as both are promoted."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.identity.belonging import ENTITIES, facets
from qios.identity.merge import ACTION, merge_groups
from qios.identity.surviving import LAST
from qios.turns import MERGE, take_turn

# Pairs of which both entities exist, as the survivors that they are today.
PAIRS = """
    select coalesce(one.canonical_entity_id, one.id), coalesce(other.canonical_entity_id, other.id)
    from core.pair_decisions as decided
    inner join core.entities as one on one.id = decided.left_entity_id
    inner join core.entities as other on other.id = decided.right_entity_id
    where decided.decision = 'same' and decided.status = 'active'
        and coalesce(one.canonical_entity_id, one.id)
            <> coalesce(other.canonical_entity_id, other.id)
        and (%(among)s::uuid[] is null
            or one.id = any(%(among)s) and other.id = any(%(among)s))
"""
DISTINCT = """
    with members as materialized (
        select id, coalesce(canonical_entity_id, id) as survivor_id from core.entities
        where id = any(%(entities)s) or canonical_entity_id = any(%(entities)s)
    )
    select one.survivor_id, other.survivor_id
    from core.pair_decisions as decided
    inner join members as one on one.id = decided.left_entity_id
    inner join members as other on other.id = decided.right_entity_id
    where decided.decision = 'distinct' and decided.withdrawn_at is null
"""
TWO_AGAIN = """
    update core.pair_decisions as decided
    set status = 'active', updated_at = now(), updated_by = session_user
    where (decided.left_entity_id = any(%(ids)s) or decided.right_entity_id = any(%(ids)s))
        and decided.decision = 'same' and decided.status = 'merged'
        and not exists (
            select from core.entities as one
            inner join core.entities as other
                on coalesce(other.canonical_entity_id, other.id)
                    = coalesce(one.canonical_entity_id, one.id)
            where one.id = decided.left_entity_id and other.id = decided.right_entity_id
        )
"""
ENTITY = sql.SQL(
    """
    select entity.id, entity.entity_type, entity.created_at,
        coalesce(source.trust_rank, %(last)s), array_remove(array[{facets}]::text[], null)
    from core.entities as entity
    left join qinexus.sources as source on source.source_key = entity.source_system
    where entity.id = any(%(entities)s)
    """
)
Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, order=True)
class Candidate:
    """An entity that may survive: of several, the one that sorts first does."""

    created_at: datetime
    trust_rank: int
    id: uuid.UUID
    kind: str
    facets: frozenset[str]


def merge_decided(database: psycopg.Connection, among: Collection[uuid.UUID] | None = None) -> int:
    """Merge every pair that was decided to be the same, or those among these entities; how many
    entities were merged.

    What is the same as a third is one with it. Left alone are entities of which two were decided
    to be distinct, those of unlike types, and those none of which has all that the others have:
    references.findings() tells of them. All or none.
    """
    which = {"among": among if among is None else list(among)}
    if not database.execute(PAIRS + " limit 1", which).fetchone():
        return 0
    with acting(database, ACTION, "decided to be the same"):
        take_turn(database, MERGE)
        survivor_of = {}
        candidates = _candidates(database, pairs := database.execute(PAIRS, which).fetchall())
        values = {"entities": list(candidates)}
        distinct = {frozenset(pair) for pair in database.execute(DISTINCT, values)}
        for group in groups(pairs):
            entities = [candidates[entity] for entity in group]
            kept_apart = any(pair <= group for pair in distinct)
            if not kept_apart and (survivor := _survivor(entities)):
                survivor_of |= {entity: survivor for entity in group if entity != survivor}
        if survivor_of:
            merge_groups(database, survivor_of)
    return len(survivor_of)


def merge_again(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> None:
    """Have the next promotion carry out what was decided of these entities, where it was before and
    is so no more."""
    database.execute(TWO_AGAIN, {"ids": list(entities)})


def groups(pairs: Iterable[Pair]) -> list[set[uuid.UUID]]:
    """The sets of entities that the pairs connect, in no certain order."""
    neighbours = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found, seen = [], set()
    for start in neighbours:
        if start in seen:
            continue
        group, waiting = set(), {start}
        while waiting:
            group.add(entity := waiting.pop())
            waiting |= neighbours[entity] - group
        found.append(group)
        seen |= group
    return found


def _candidates(database: psycopg.Connection, pairs: Iterable[Pair]) -> dict[uuid.UUID, Candidate]:
    probes = [
        sql.SQL("case when exists (select from {} where {} = entity.id) then {} end").format(
            table.identifier, sql.Identifier(table.facet_of), sql.Literal(table.name)
        )
        for table in facets()
        if table.name != ENTITIES
    ]
    statement = ENTITY.format(facets=sql.SQL(", ").join(probes))
    entities = list({entity for pair in pairs for entity in pair})
    found = database.execute(statement, {"entities": entities, "last": LAST})
    return {
        entity: Candidate(created_at, rank, entity, kind, frozenset(held))
        for entity, kind, created_at, rank, held in found
    }


def _survivor(entities: list[Candidate]) -> uuid.UUID | None:
    """The oldest of those that can survive the others, of equals the one believed first."""
    if len({entity.kind for entity in entities}) > 1:
        return None
    whole = may_survive([entity.facets for entity in entities])
    fit = [entity for entity in entities if entity.facets in whole]
    return min(fit).id if fit else None


def may_survive(facets: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """The tables of a survivor, given those of each of a group: none where nobody has them all."""
    return {frozenset().union(*facets)}.intersection(facets)
