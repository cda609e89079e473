"""What was merged becomes two again: each has what was its own, and what came for it since.

A merge can be taken back at any time, and in any order with others.
"""

import uuid
from collections.abc import Collection

import psycopg

from qios.audit.act import acting
from qios.errors import UsageError
from qios.gate import clean_text
from qios.identity.belonging import ENTITIES, facets, followers, links
from qios.identity.pairs import DISTINCT, decide_pair
from qios.identity.returning import (
    Merged,
    give_back,
    hand_over,
    moved_by,
    relink,
    stand_alone,
    unmark,
)
from qios.identity.survivorship import settle_groups
from qios.person import person
from qios.turns import MERGE, take_turn

ACTION = "split"

# The merge by which the entity ceased to stand alone, and where it has been merged into since.
MERGE_OF = """
    select entity.display_name, entity.canonical_entity_id, merge.correlation_id,
        merge.occurred_at, later.homes
    from core.entities as entity
    left join lateral (
        select event.correlation_id, event.occurred_at
        from core.audit_events as event
        where event.target_schema = 'core' and event.target_table = 'entities'
            and event.target_id = entity.id and event.action = 'merge'
            and event.before_image ->> 'canonical_entity_id' is null
        order by event.occurred_at desc limit 1
    ) as merge on true
    left join lateral (
        select array_agg(distinct (event.before_image ->> 'canonical_entity_id')::uuid) as homes
        from core.audit_events as event
        where event.target_schema = 'core' and event.target_table = 'entities'
            and event.target_id = entity.id and event.occurred_at > merge.occurred_at
            and event.before_image ->> 'canonical_entity_id' is not null
    ) as later on true
    where entity.id = %s
"""

SAME_NO_MORE = """
    with members as materialized (
        select id, coalesce(canonical_entity_id, id) as survivor_id from core.entities
        where id = any(%(both)s) or canonical_entity_id = any(%(both)s)
    )
    update core.pair_decisions as decided
    set withdrawn_at = now(), status = 'withdrawn', updated_at = now(), updated_by = session_user
    from members as one, members as other
    where decided.left_entity_id = one.id and decided.right_entity_id = other.id
        and one.survivor_id <> other.survivor_id
        and decided.decision = 'same' and decided.withdrawn_at is null
"""


def split(database: psycopg.Connection, loser: uuid.UUID, reason: str | None) -> uuid.UUID:
    """Take a merged entity out of its survivor again, with all that was merged into it before.

    Writes down that the two are distinct. Returns the correlation id of the act. Raises UsageError
    where the entity is not merged.
    """
    why = clean_text(reason) if reason else None
    with acting(database, ACTION, why) as act:
        take_turn(database, MERGE)
        merged = merge_of(database, loser)
        separate(database, merged, moved_by(database, merged.act))
        settle_groups(database, [merged.home, loser])
        database.execute(SAME_NO_MORE, {"both": [merged.home, loser]})
        decide_pair(database, merged.home, loser, DISTINCT, person(), why)
    return act


def separate(database: psycopg.Connection, merged: Merged, moved: Collection[str]) -> None:
    """Let the rows of a merged entity be its own again, inside an act; the groups of both are to be
    settled afterwards. moved: the tables of which the merge changed rows."""
    stand_alone(database, merged)
    for table in (*facets(), *links()):
        if table.may_be_merged and table.name != ENTITIES:
            unmark(database, table, merged)
    for table in followers():
        if table.name in moved:
            give_back(database, table, merged)
    for table in followers():
        hand_over(database, table, merged)
    relink(database, merged)


def merge_of(database: psycopg.Connection, loser: uuid.UUID) -> Merged:
    """The merge that made the entity a part of another. Raises UsageError where there is none."""
    found = database.execute(MERGE_OF, [loser]).fetchone()
    if not found:
        raise UsageError(f"there is no entity {loser}", "look for it by its name or e-mail")
    name, home, act, since, homes = found
    if not home:
        raise UsageError(f"{name} ({loser}) is not merged into another", "name a merged entity")
    if not act:
        raise UsageError(
            f"the journal does not tell how {name} ({loser}) was merged",
            "it was not merged by `qios`: undo it as it was done",
        )
    return Merged(act, since, loser, home, [home, *(homes or ())])
