"""Two entities become one: what refers to the losing one follows, and its id stays resolvable.

The row of a merged entity stays in core.entities with the status `merged` and the survivor's id in
canonical_entity_id, which always leads to the survivor in one step. A merge is one transaction.
"""

import uuid
from collections.abc import Mapping

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.errors import UsageError
from qios.gate import clean_text
from qios.identity.belonging import ENTITIES, MERGED, facets
from qios.identity.following import follow
from qios.identity.pairs import SAME, decide_pair
from qios.identity.questions import withdraw_joined
from qios.identity.survivorship import settle_groups
from qios.person import person
from qios.turns import MERGE, take_turn

ACTION = "merge"
BECOME_ONE = """
    update core.entities as entity
    set canonical_entity_id = pair.survivor_id, merged_at = coalesce(entity.merged_at, now()),
        status = %(merged)s, updated_at = now(), updated_by = session_user
    from unnest(%(losers)s::uuid[], %(survivors)s::uuid[]) as pair (loser_id, survivor_id)
    where pair.loser_id in (entity.id, entity.canonical_entity_id)
"""

CARRIED_OUT = """
    with members as materialized (
        select id, coalesce(canonical_entity_id, id) as survivor_id from core.entities
        where id = any(%(survivors)s) or canonical_entity_id = any(%(survivors)s)
    )
    update core.pair_decisions as decided
    set status = %(merged)s, updated_at = now(), updated_by = session_user
    from members as one, members as other
    where decided.left_entity_id = one.id and decided.right_entity_id = other.id
        and one.survivor_id = other.survivor_id
        and decided.decision = 'same' and decided.status = 'active'
"""


def merge(
    database: psycopg.Connection, survivor: uuid.UUID, loser: uuid.UUID, reason: str | None
) -> uuid.UUID:
    """Merge one entity into another, and write down that they are the same.

    Returns the correlation id of the act. Raises UsageError where the two cannot become one.
    """
    why = clean_text(reason) if reason else None
    with acting(database, ACTION, why) as act:
        take_turn(database, MERGE)
        refuse_unlike(database, survivor, loser)
        decide_pair(database, survivor, loser, SAME, person(), why)
        merge_groups(database, {loser: survivor})
    return act


def merge_groups(database: psycopg.Connection, survivor_of: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Merge entities, inside an act. survivor_of: loser → survivor; no survivor is a loser."""
    losers, survivors = list(survivor_of), list(survivor_of.values())
    pairs = {"losers": losers, "survivors": survivors, "merged": MERGED}
    database.execute(BECOME_ONE, pairs)
    moved = follow(database, losers)
    settle_groups(database, set(survivors), moved)
    database.execute(CARRIED_OUT, pairs)
    withdraw_joined(database, set(survivors))


def refuse_unlike(database: psycopg.Connection, survivor: uuid.UUID, loser: uuid.UUID) -> None:
    """Raise UsageError unless the one can be merged into the other; both rows stay locked."""
    found = {
        row[0]: row[1:]
        for row in database.execute(
            "select id, entity_type, display_name, canonical_entity_id from core.entities"
            " where id = any(%s) order by id for update",
            [[survivor, loser]],
        )
    }
    for entity in (survivor, loser):
        if entity not in found:
            raise UsageError(f"there is no entity {entity}", "look for it by its name or e-mail")
        _, name, canonical = found[entity]
        if canonical:
            raise UsageError(
                f"{name} ({entity}) is merged into {canonical} already",
                f"name {canonical} instead, or `qios review split {entity}` first",
            )
    if survivor == loser:
        raise UsageError(f"{survivor} is one entity already", "name two entities")
    kinds = [found[entity][0] for entity in (survivor, loser)]
    if kinds[0] != kinds[1]:
        raise UsageError(
            f"{found[survivor][1]} is of the type {kinds[0]}, {found[loser][1]} of {kinds[1]}",
            "merge entities of one type; correct core.entities.entity_type where it is wrong",
        )
    missing = sorted(held_facets(database, loser) - held_facets(database, survivor))
    if missing:
        raise UsageError(
            f"{found[survivor][1]} ({survivor}) has no row in {', '.join(missing)}, and "
            f"{found[loser][1]} has",
            f"merge the other way round: --into {loser}",
        )


def held_facets(database: psycopg.Connection, entity: uuid.UUID) -> set[str]:
    """The names of the tables in which the entity has its one row, core.entities aside."""
    probes = [
        sql.SQL("select {} where exists (select from {} where {} = %(entity)s)").format(
            sql.Literal(table.name), table.identifier, sql.Identifier(table.facet_of)
        )
        for table in facets()
        if table.name != ENTITIES
    ]
    rows = database.execute(sql.SQL(" union all ").join(probes), {"entity": entity})
    return {name for (name,) in rows}
