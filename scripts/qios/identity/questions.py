"""Whether two entities are one, asked of a person: an item of the queue for which no row waits.

Its target is one entity, its candidate the other. Any decision about the pair answers it, be it
deferred until a likelier candidate is denied.
"""

import uuid
from collections.abc import Collection, Sequence

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from qios.review.queue import item_id

OPEN_QUESTION = sql.SQL(
    "item.staging_table is null and item.waiting_reason = 'duplicate_candidate'"
    " and item.status in ('waiting', 'assigned', 'deferred')"
)


ANSWER = sql.SQL(
    """
    update qiaccess.classification_queue as item
    set status = 'decided', decided_at = now(), decided_by = given.by,
        decision_reason = given.reason, updated_at = now(),
        decision = case given.decision when 'same' then 'match' else 'new' end
    from jsonb_to_recordset(%s)
        as given ("left" uuid, "right" uuid, decision text, by text, reason text)
    where item.id = {} and {}
    """
).format(item_id("given.left", "given.right"), OPEN_QUESTION)

JOINED = sql.SQL(
    """
    update qiaccess.classification_queue as item set status = 'withdrawn', updated_at = now()
    from core.entities as one, core.entities as other
    where {} and one.id = item.target_id and other.id = item.candidate_entity_id
        and coalesce(one.canonical_entity_id, one.id)
            = coalesce(other.canonical_entity_id, other.id)
        and coalesce(one.canonical_entity_id, one.id) = any(%s)
    """
).format(OPEN_QUESTION)

ABOUT = sql.SQL(
    """
    update qiaccess.classification_queue as item set status = 'withdrawn', updated_at = now()
    from (
        select id, status <> 'deferred' as is_open from qiaccess.classification_queue
        where target_id = any(%(entities)s) or candidate_entity_id = any(%(entities)s)
    ) as earlier
    where {} and item.id = earlier.id
    returning item.target_id, earlier.is_open
    """
).format(OPEN_QUESTION)

RAISED = sql.SQL(
    """
    update qiaccess.classification_queue as item set
        raising_batch_ids = others.ids,
        import_batch_id = coalesce(others.ids[1], item.import_batch_id),
        status = case when others.ids = '{{}}' then 'withdrawn' else item.status end,
        updated_at = now()
    from (
        select asked.id, array_remove(asked.raising_batch_ids, %(batch)s) as ids
        from qiaccess.classification_queue as asked
        where asked.raising_batch_ids @> array[%(batch)s]
            and asked.raising_batch_ids is not null
            and asked.status in ('waiting', 'assigned', 'deferred')
            and (%(entities)s::uuid[] is null or asked.target_id = any(%(entities)s))
    ) as others
    where {} and item.id = others.id
    """
).format(OPEN_QUESTION)


def answer(database: psycopg.Connection, decisions: Sequence[dict[str, object]]) -> None:
    """Close the questions about pairs that were decided: {left, right, decision, by, reason}."""
    database.execute(ANSWER, [Jsonb(decisions)])


def withdraw_joined(database: psycopg.Connection, survivors: Collection[uuid.UUID]) -> None:
    """Withdraw the questions about two that have both become one of these survivors."""
    database.execute(JOINED, [list(survivors)])


def withdraw_raised(
    database: psycopg.Connection, batch: uuid.UUID, entities: Collection[uuid.UUID] | None = None
) -> None:
    """Withdraw the questions that only what this batch said has raised, since it is taken back, or
    what it said of these entities."""
    told = None if entities is None else list(entities)
    database.execute(RAISED, {"batch": batch, "entities": told})


def withdraw_about(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Withdraw the questions that are about one of these; who has lost an open one thereby."""
    rows = database.execute(ABOUT, {"entities": list(entities)})
    return {asking for asking, is_open in rows if is_open}
