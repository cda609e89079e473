"""Entities that were merged because somebody held them for one, and now are denied to be.

Who belongs together is told by the decisions `same`: of the two of a denied pair the one leaves
that they do not connect with the survivor, and with it whoever is one with it.
"""

import uuid
from collections.abc import Collection, Mapping

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


def held_together(database: psycopg.Connection, denied: Collection[Pair]) -> set[Pair]:
    """The pairs that would still be one if all of these were denied, by way of others."""
    parts = _parts(database, denied)
    return {(one, other) for one, other in denied if parts[one] is parts[other]}


def take_apart(database: psycopg.Connection, denied: Collection[Pair]) -> int:
    """Make two of the pairs that are one entity, once it is written down that they are distinct;
    how many entities left. Call it while no build runs. All or none."""
    parts = _parts(database, denied)
    moved: dict[uuid.UUID, set[str]] = {}
    number = 0
    with acting(database, ACTION, "denied to be the same"):
        take_turn(database, MERGE)
        # Whoever leaves brings along what was merged into it before, from which it may leave next.
        while left := _leaving(database, denied, parts):
            touched = set(left)
            for entity in left:
                merged = merge_of(database, entity)
                if merged.act not in moved:
                    moved[merged.act] = moved_by(database, merged.act)
                if merged.home not in parts[entity]:
                    separate(database, merged, moved[merged.act])
                    touched.add(merged.home)
                    number += 1
            settle_groups(database, touched)
            # Those that left together become one again.
            merge_again(database, left)
            merge_decided(database, left)
    return number


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
