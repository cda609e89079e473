"""The parts of a split: how rows come back from the survivor to the entity they were of.

Column by column; all else that people or sources changed meanwhile stays. Which rows they are is
known by their origins.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
from psycopg import sql

from qios.identity.belonging import ENTITIES, MERGED, Pointer, Table, tables
from qios.identity.origins import (
    BEFORE,
    at_home,
    ids,
    named,
    parts_of,
    spoken_of,
    was_its_own,
)

STAND_ALONE = sql.SQL(
    """
    update core.entities as held
    set status = before.image ->> 'status',
        canonical_entity_id = (before.image ->> 'canonical_entity_id')::uuid,
        merged_at = (before.image ->> 'merged_at')::timestamptz,
        updated_at = now(), updated_by = session_user
    from before
    where held.id = before.target_id and held.canonical_entity_id = any(%(home)s)
        and (
            held.id = any(%(loser)s)
            or (before.image ->> 'canonical_entity_id')::uuid = any(%(loser)s) and {has_stayed}
        )
    returning held.id
    """
)
UNMARK = sql.SQL(
    """
    update {table} as held
    set status = coalesce(
            (select before.image ->> 'status' from before where before.target_id = held.id),
            {living}
        ) {touched}
    where held.{key} = any(%(loser)s) and held.status = %(merged)s
    """
)
GIVE_BACK = sql.SQL(
    """
    update {table} as held set {columns} {touched}
    from before
    where held.id = before.target_id and ({returns})
    """
)
HAND_OVER = sql.SQL(
    """
    update {table} as held set {columns} {touched}
    from qinexus.source_values as word
    where word.id = held.id and ({returns})
    """
)
MOVED_BY = """
    select distinct target_schema || '.' || target_table from core.audit_events
    where correlation_id = %s and before_image is not null
"""
LINKED_SINCE = """
    select distinct target_schema || '.' || target_table from qinexus.source_entity_links
    where entity_id = any(%(home)s) and created_at >= %(since)s
"""
RELINK = sql.SQL(
    """
    update qinexus.source_entity_links as link
    set entity_id = (%(loser)s::uuid[])[1], updated_at = now(), updated_by = session_user
    from {table} as target
    where link.entity_id = any(%(home)s) and link.created_at >= %(since)s
        and link.target_schema = {schema} and link.target_table = {name}
        and target.id = link.target_id and target.{key} = any(%(group)s)
    """
)


@dataclass
class Merged:
    """A merge that is taken back.

    act: its correlation id; since: its moment; home: where the loser is merged into today; homes:
    all that it was merged into since; group: the loser, and what was merged into it before.
    """

    act: uuid.UUID
    since: datetime
    loser: uuid.UUID
    home: uuid.UUID
    homes: list[uuid.UUID]
    group: list[uuid.UUID] = field(default_factory=list)

    @property
    def values(self) -> dict[str, object]:
        """For the statements here, in which each set of entities is an array."""
        return vars(self) | {"home": [self.home], "loser": [self.loser], "merged": MERGED}


def moved_by(database: psycopg.Connection, act: uuid.UUID) -> set[str]:
    """The tables of which an act changed rows, as `schema.table`."""
    return {name for (name,) in database.execute(MOVED_BY, [act])}


def stand_alone(database: psycopg.Connection, merged: Merged) -> None:
    """Let the loser be an entity of its own again, with its group."""
    table = tables()[ENTITIES]
    pointer = Pointer("canonical_entity_id", ENTITIES)
    statement = BEFORE.format(**named(table), at_hand=at_home(pointer))
    statement += STAND_ALONE.format(**parts_of(table, pointer))
    found = database.execute(statement, merged.values)
    merged.group = [entity for (entity,) in found]


def unmark(database: psycopg.Connection, table: Table, merged: Merged) -> None:
    """Give the rows that stayed with the loser the status that they had."""
    key = sql.Identifier(table.key)
    at_hand = sql.SQL("held.{} = any(%(loser)s)").format(key)
    parts = named(table) | {"key": key, "living": table.living, "at_hand": at_hand}
    database.execute(BEFORE.format(**parts) + UNMARK.format(**parts), merged.values)


def give_back(database: psycopg.Connection, table: Table, merged: Merged) -> None:
    """Let the rows that the merge moved refer to the loser again."""
    moves = {pointer: was_its_own(table, pointer) for pointer in table.pointers}
    _move(database, GIVE_BACK, table, merged, moves)


def hand_over(database: psycopg.Connection, table: Table, merged: Merged) -> None:
    """Let rows that came since the merge refer to the loser, where their source speaks of it."""
    if table.relation.row["written_by"] == "dbt":
        moves = {pointer: spoken_of(table, pointer) for pointer in table.pointers}
        _move(database, HAND_OVER, table, merged, moves)


def relink(database: psycopg.Connection, merged: Merged) -> None:
    """Let the source rows that came since the merge be linked to the loser where their rows are."""
    linked = {name for (name,) in database.execute(LINKED_SINCE, merged.values)}
    for table in tables().values():
        column = table.key or next(iter(table.entity_columns), None)
        if column and table.name in linked:
            parts = named(table) | {"key": sql.Identifier(column)}
            database.execute(RELINK.format(**parts), merged.values)


def _move(
    database: psycopg.Connection,
    statement: sql.SQL,
    table: Table,
    merged: Merged,
    moves: Mapping[Pointer, sql.Composable],
) -> None:
    """Let each pointer refer to the loser where its condition holds. moves: pointer → condition."""
    returns = sql.SQL(" or ").join(moves.values())
    columns = [
        sql.SQL("{0} = case when {1} then ({2})[1] else held.{0} end").format(
            sql.Identifier(pointer.column), condition, ids(pointer, "loser")
        )
        for pointer, condition in moves.items()
    ]
    if table.may_be_merged and not table.key:
        was = sql.SQL("before.image ->> 'status'") if statement is not HAND_OVER else table.living
        columns.append(
            sql.SQL(
                "status = case when held.status = %(merged)s then {} else held.status end"
            ).format(was)
        )
    parts = named(table) | {"columns": sql.SQL(", ").join(columns), "returns": returns}
    told = statement.format(**parts)
    if statement is GIVE_BACK:
        at_hand = sql.SQL(" or ").join(map(at_home, moves))
        told = BEFORE.format(**parts, at_hand=at_hand) + told
    database.execute(told, merged.values)
