"""The merges that a promotion is followed by: pairs decided to be the same."""

import uuid
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.identity.belonging import ENTITIES, facets
from qios.identity.decided import groups, may_survive

# Who is there once the plan is carried out, each with the survivor that it is today.
KNOWN = sql.SQL(
    """
    with known as {} (
        select id, display_name, entity_type, coalesce(canonical_entity_id, id) as survivor_id
        from core.entities {}
        union all
        select target_id, values_after ->> 'display_name', values_after ->> 'entity_type', target_id
        from qinexus.promotion_plan_changes
        where promotion_plan_id = %(plan)s and planned_change = 'insert'
            and target_schema = 'core' and target_table = 'entities'
    )
    """
)
PENDING = KNOWN.format(sql.SQL(""), sql.SQL("")) + sql.SQL(
    """
    select pair.left_entity_id::text as left, pair.right_entity_id::text as right,
        one.display_name as left_name, other.display_name as right_name,
        one.survivor_id as one, other.survivor_id as other,
        one.entity_type = other.entity_type as are_alike
    from core.pair_decisions as pair
    inner join known as one on one.id = pair.left_entity_id
    inner join known as other on other.id = pair.right_entity_id
    where pair.decision = 'same' and pair.status = 'active' and pair.withdrawn_at is null
        and one.survivor_id <> other.survivor_id
    order by pair.decided_at, pair.id
    """
)
IN_QUESTION = sql.SQL("where id = any(%(entities)s) or canonical_entity_id = any(%(entities)s)")
DISTINCT = KNOWN.format(sql.SQL("materialized"), IN_QUESTION) + sql.SQL(
    """
    select one.survivor_id, other.survivor_id
    from core.pair_decisions as pair
    inner join known as one on one.id = pair.left_entity_id
    inner join known as other on other.id = pair.right_entity_id
    where pair.decision = 'distinct' and pair.withdrawn_at is null
    """
)
FACET = sql.SQL(
    """
    select {key} from {table} where {key} = any(%(entities)s)
    union
    select (values_after ->> {said})::uuid
    from qinexus.promotion_plan_changes
    where promotion_plan_id = %(plan)s and planned_change = 'insert'
        and target_schema = %(schema)s and target_table = %(table)s
        and values_after ->> {said} = any(%(entities)s::uuid[]::text[])
    """
)
SHOWN = ("left", "right", "left_name", "right_name")


def pending_merges(
    database: psycopg.Connection, plan: uuid.UUID | None = None
) -> list[dict[str, str]]:
    """The pairs decided `same` that will be merged once the plan is carried out, or as things stand
    where there is none: {left, right, left_name, right_name}, in the order of the decisions.

    As merge_decided() has it: what is the same as a third is one with it, and entities of which two
    were decided to be distinct, that are of unlike types, or of which none has all that the others
    have, are left alone.
    """
    with database.cursor(row_factory=dict_row) as cursor:
        pairs: list[dict[str, Any]] = cursor.execute(PENDING, {"plan": plan}).fetchall()
    if not pairs:
        return []
    joined = groups((pair["one"], pair["other"]) for pair in pairs)
    values = {"plan": plan, "entities": [entity for group in joined for entity in group]}
    apart = [set(two) for two in database.execute(DISTINCT, values)]
    left_alone = [{pair["one"], pair["other"]} for pair in pairs if not pair["are_alike"]]
    held = _facets(database, values)
    stay = [
        group
        for group in joined
        if not any(two <= group for two in apart + left_alone)
        and may_survive([held[entity] for entity in group])
    ]
    return [
        {name: pair[name] for name in SHOWN}
        for pair in pairs
        if any(pair["one"] in group for group in stay)
    ]


def _facets(
    database: psycopg.Connection, values: dict[str, object]
) -> dict[uuid.UUID, frozenset[str]]:
    """Entity → the tables that have a row of it once the plan is carried out."""
    found: dict[uuid.UUID, set[str]] = {entity: set() for entity in values["entities"]}
    for table in facets():
        if table.name != ENTITIES:
            statement = FACET.format(
                table=table.identifier,
                key=sql.Identifier(table.facet_of),
                said=sql.Literal(table.facet_of),
            )
            names = {"schema": table.relation.schema, "table": table.relation.name}
            for (entity,) in database.execute(statement, values | names):
                found[entity].add(table.name)
    return {entity: frozenset(tables) for entity, tables in found.items()}
