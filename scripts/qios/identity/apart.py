"""Entities that were merged because somebody held them for one, and now are denied to be.

Who belongs together is told by the decisions `same`: of the two of a denied pair the one leaves
that they do not connect with the survivor, and with it whoever is one with it.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping

import psycopg

from qios.audit.act import acting
from qios.identity.decided import Pair, groups, merge_again, merge_decided
from qios.identity.returning import moved_by
from qios.identity.split import ACTION, merge_of, separate
from qios.identity.survivorship import settle_groups
from qios.turns import MERGE, take_turn

SAME = """
    select left_entity_id, right_entity_id from core.pair_decisions
    where left_entity_id = any(%(entities)s) and decision = 'same' and withdrawn_at is null
    union
    select left_entity_id, right_entity_id from core.pair_decisions
    where right_entity_id = any(%(entities)s) and decision = 'same' and withdrawn_at is null
"""
SURVIVOR = """
    select id, coalesce(canonical_entity_id, id)
    from core.entities where id = any(%s) order by merged_at desc, id
"""


# A merge that was not made by `qios` cannot be taken back by it, and stays.
MERGED_WITH = """
    select entity.id from core.entities as entity
    where (
            entity.canonical_entity_id = any(%(entities)s)
            or entity.id = any(%(entities)s) and entity.canonical_entity_id is not null
        )
        and exists (
            select from core.audit_events as event
            where event.target_schema = 'core' and event.target_table = 'entities'
                and event.target_id = entity.id and event.action = 'merge'
        )
    order by entity.merged_at desc, entity.id
"""


def held_together(database: psycopg.Connection, denied: Collection[Pair]) -> set[Pair]:
    """The pairs that would still be one if all of these were denied, by way of others."""
    parts = _parts(database, denied)
    return {(one, other) for one, other in denied if parts[one] is parts[other]}


def take_apart(database: psycopg.Connection, denied: Collection[Pair]) -> int:
    """Make two of the pairs that are one entity, once it is written down that they are distinct;
    how many entities left. Call it while no build runs. All or none."""
    parts = _parts(database, denied)
    number = 0
    with acting(database, ACTION, "denied to be the same"):
        take_turn(database, MERGE)
        # Whoever leaves brings along what was merged into it before, from which it may leave next.
        while left := _leaving(database, denied, parts):
            ends = _separate(database, left, parts)
            number += len(ends)
            settle_groups(database, {entity for pair in ends for entity in pair}.union(left))
            # Those that left together become one again.
            together_again(database, left)
    return number


def stand_apart(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Make these, and all that are one with them, entities of their own, inside an act; who they
    are. What was decided of them stands, so that together_again() makes them one."""
    take_turn(database, MERGE)
    apart: set[uuid.UUID] = set()
    # With whoever leaves its survivor comes what was merged into it before.
    while found := database.execute(MERGED_WITH, {"entities": [*entities, *apart]}).fetchall():
        ends = _separate(database, [entity for (entity,) in found])
        apart |= {entity for pair in ends for entity in pair}
        settle_groups(database, apart)
    return apart


def together_again(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> None:
    """Carry out what was decided of these entities, as far as they are there."""
    merge_again(database, entities)
    merge_decided(database, entities)


def _separate(
    database: psycopg.Connection,
    merged_ones: Iterable[uuid.UUID],
    parts: Mapping[uuid.UUID, set[uuid.UUID]] | None = None,
) -> list[Pair]:
    """Take each out of its survivor, be it no part of its own; who left whom."""
    moved: dict[uuid.UUID, set[str]] = {}
    ends = []
    for entity in merged_ones:
        merged = merge_of(database, entity)
        if parts and merged.home in parts[entity]:
            continue
        if merged.act not in moved:
            moved[merged.act] = moved_by(database, merged.act)
        separate(database, merged, moved[merged.act])
        ends.append((entity, merged.home))
    return ends


def _leaving(
    database: psycopg.Connection,
    denied: Collection[Pair],
    parts: Mapping[uuid.UUID, set[uuid.UUID]],
) -> list[uuid.UUID]:
    """The merged entities that have to leave their survivors, the last merged first."""
    members = {member for part in parts.values() for member in part}
    found = database.execute(SURVIVOR, [list(members)]).fetchall()
    home = dict(found)
    leaving: set[uuid.UUID] = set()
    for one, other in denied:
        survivor = home.get(one)
        if survivor and survivor == home.get(other):
            part = parts[other if survivor in parts[one] else one]
            if survivor not in part:
                leaving |= {member for member in part if home.get(member) == survivor}
    return [entity for entity in home if entity in leaving]


def _parts(
    database: psycopg.Connection, denied: Collection[Pair]
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Entity -> all that are one with it by decisions other than these, itself among them."""
    ends = {entity for pair in denied for entity in pair}
    same: set[Pair] = set()
    reached, front = set(ends), ends
    while front:
        same |= set(database.execute(SAME, {"entities": list(front)})) - set(denied)
        front = {entity for pair in same for entity in pair} - reached
        reached |= front
    parts = {entity: {entity} for entity in ends}
    for group in groups(same):
        parts |= dict.fromkeys(group, group)
    return parts
