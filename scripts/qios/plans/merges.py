"""The merges that a promotion is followed by: pairs decided to be the same."""

import uuid

import psycopg


def pending_merges(database: psycopg.Connection, plan: uuid.UUID) -> list[dict[str, str]]:
    """The pairs decided `same` of which both entities are there once the plan is carried out, and
    are not merged: {left, right, left_name, right_name}, in the order of the decisions."""
    rows = database.execute(
        """
        with known as (
            select id, display_name, canonical_entity_id from core.entities
            union all
            select target_id, values_after ->> 'display_name', null
            from qinexus.promotion_plan_changes
            where promotion_plan_id = %s and planned_change = 'insert'
                and target_schema = 'core' and target_table = 'entities'
        )
        select pair.left_entity_id::text as left, pair.right_entity_id::text as right,
            one.display_name as left_name, other.display_name as right_name
        from core.pair_decisions as pair
        inner join known as one on one.id = pair.left_entity_id
        inner join known as other on other.id = pair.right_entity_id
        where pair.decision = 'same' and pair.withdrawn_at is null
            and coalesce(one.canonical_entity_id, one.id)
                <> coalesce(other.canonical_entity_id, other.id)
        order by pair.decided_at, pair.id
        """,
        [plan],
    )
    names = [column.name for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
