"""Links: pairs that a source's policy decided to be the same, as items to look through.

A link waits for nobody, so it is no row of the queue, and is shown only where it is asked for. Its
status is `waiting` until a person has confirmed it (`match`) or taken it back (`new`).
"""

import uuid
from collections.abc import Collection
from typing import NamedTuple

import psycopg
from psycopg import sql

from qios.person import POLICY
from qios.review.selection import LINKED, Selection


class Relation(NamedTuple):
    """What items are selected from, as `item`, and the order in which a person is shown them."""

    items: sql.SQL
    order: sql.SQL


QUEUE = Relation(
    sql.SQL("qiaccess.classification_queue as item"),
    sql.SQL("item.created_at, item.import_batch_id, item.row_number, item.id"),
)
# The most doubtful come first.
LINKS = Relation(
    sql.SQL(
        """
        (
            select id, {linked} as waiting_reason, 'match' as proposed_action,
                'core' as target_schema, 'entities' as target_table,
                left_entity_id as target_id, right_entity_id as candidate_entity_id,
                score, explanation,
                case when withdrawn_at is null and starts_with(decided_by, {policy})
                    then 'waiting' else 'decided' end as status,
                case when withdrawn_at is not null then 'new'
                    when not starts_with(decided_by, {policy}) then 'match' end as decision,
                null as assigned_to, null as source_system, null as staging_table,
                null::uuid as import_batch_id, null::bigint as row_number,
                null::uuid as source_file_id, null::uuid as capture_event_id,
                null::text[] as problem_codes
            from core.pair_decisions
            where decision = 'same' and starts_with(created_by, {policy})
        ) as item
        """
    ).format(linked=LINKED, policy=POLICY),
    sql.SQL("item.score, item.id"),
)


def relations_of(selection: Selection) -> tuple[Relation, ...]:
    """Where the items of a selection are; an id may be of either."""
    if selection.linked:
        return (LINKS,)
    return (QUEUE, LINKS) if selection.items else (QUEUE,)


def has_links(database: psycopg.Connection, items: Collection[uuid.UUID]) -> bool:
    """Whether any of these items is a link."""
    statement = "select exists (select from core.pair_decisions where id = any(%s))"
    return database.execute(statement, [list(items)]).fetchone()[0]
