"""The rows that follow entities into their survivors, and those that stay and are marked."""

import uuid
from collections.abc import Collection, Sequence

import psycopg
from psycopg import sql

from qios.identity.belonging import ENTITIES, MERGED, Table, facets, followers, home, links, tables

MOVE = sql.SQL("update {table} as held set {columns} {touched} where {where} returning held.id")
MARK = sql.SQL(
    """
    update {table} as held set status = %(merged)s {touched}
    from core.entities as entity
    where entity.canonical_entity_id = any(%(survivors)s) and held.{key} = entity.id
        and held.status <> %(merged)s
    """
)


def follow(database: psycopg.Connection, losers: Sequence[uuid.UUID]) -> dict[str, list[uuid.UUID]]:
    """Let all that refers to merged entities, or to their facets, refer to their survivors.

    Returns table → ids of the rows that moved.
    """
    moved = {}
    for table in followers():
        columns, conditions = [], []
        for pointer in table.pointers:
            column = sql.Identifier("held", pointer.column)
            refers = _refers(column, tables()[pointer.target])
            conditions.append(refers)
            columns.append(
                sql.SQL("{} = case when {} then {} else {} end").format(
                    sql.Identifier(pointer.column), refers, home(pointer, column), column
                )
            )
        statement = MOVE.format(
            table=table.identifier,
            columns=sql.SQL(", ").join(columns),
            touched=table.touched,
            where=sql.SQL(" or ").join(conditions),
        )
        ids = [row_id for (row_id,) in database.execute(statement, {"losers": losers})]
        if ids:
            moved[table.name] = ids
    return moved


def mark_what_stays(database: psycopg.Connection, survivors: Collection[uuid.UUID]) -> None:
    """Give the rows that stay with what was merged into survivors the status that says so."""
    for table in [*facets(), *links()]:
        if table.may_be_merged and table.name != ENTITIES:
            statement = MARK.format(
                table=table.identifier, touched=table.touched, key=sql.Identifier(table.key)
            )
            database.execute(statement, {"survivors": list(survivors), "merged": MERGED})


def _refers(column: sql.Composable, target: Table) -> sql.Composable:
    """Whether a column refers to one of the losers, or to the facet of one."""
    if target.name == ENTITIES:
        return sql.SQL("{} = any(%(losers)s)").format(column)
    return sql.SQL("{} in (select id from {} where {} = any(%(losers)s))").format(
        column, target.identifier, sql.Identifier(target.facet_of)
    )
