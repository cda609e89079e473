"""What belongs to a person, found by the registry's references, and deleted.

A row whose reference is required belongs to what it refers to, and goes with it; any other row
only loses the reference.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.forget.captured import CAPTURES, note_captures
from qios.registry.model import CANONICAL, Registry, Relation

ENTITIES = "core.entities"
JOURNAL = "core.audit_events"  # tells of rows that are gone, and keeps their ids
QUEUE = "qiaccess.classification_queue"
KEYED_BY_TARGET = ("qinexus.source_values", "core.surviving_values")
"""Tables whose own id is that of the row that they speak of."""


@dataclass(frozen=True)
class Reference:
    """A column of `table` with ids of rows of `target`, or of any table where that is None."""

    table: str
    column: str
    target: str | None
    required: bool


def references(registry: Registry) -> list[Reference]:
    """All references of canonical tables: foreign keys, ids without one, and target_id."""
    found = []
    for relation in registry.relations.values():
        if relation.family != CANONICAL or relation.full_name == JOURNAL:
            continue
        for column in relation.live_columns:
            if target := _target(relation, column.name, column.references, column.data_type):
                required = column.usage.flag("required")
                found.append(Reference(relation.full_name, column.name, target, required))
        names = {column.name: column for column in relation.live_columns}
        if {"target_schema", "target_table", "target_id"} <= names.keys():
            required = names["target_id"].usage.flag("required")
            found.append(Reference(relation.full_name, "target_id", None, required))
    return found + [Reference(table, "id", None, required=True) for table in KEYED_BY_TARGET]


def _target(relation: Relation, name: str, references: str, data_type: str) -> str | None:
    if references:
        table, _, column = references.rpartition(".")
        return table if column == "id" else None
    # A decision may speak of entities that do not exist yet, so it has no foreign key.
    named = name.endswith("entity_id") and data_type == "uuid"
    return ENTITIES if named and relation.name != "forgotten_entities" else None


def note_rows(
    database: psycopg.Connection, registry: Registry, group: list[uuid.UUID]
) -> list[Reference]:
    """Fill the temporary table forgotten_rows (table_name, id); the references it was found by."""
    database.execute(
        """
        create temporary table forgotten_rows (
            table_name text, id uuid, primary key (table_name, id)
        ) on commit drop
        """
    )
    database.execute(
        "insert into forgotten_rows select %s, id from unnest(%s::uuid[]) as id", [ENTITIES, group]
    )
    database.execute(
        """
        insert into forgotten_rows
        select 'qiaccess.classification_queue', queue.id from qiaccess.classification_queue as queue
        inner join (
            select distinct import_batch_id, row_number from forgotten_staged where is_emptied
        ) as noted
            using (import_batch_id, row_number)
        """
    )
    known = references(registry)
    _follow(database, known, {ENTITIES, QUEUE})
    note_captures(database, group)
    _follow(database, known, {CAPTURES, QUEUE})
    return known


def _follow(database: psycopg.Connection, known: list[Reference], begun: set[str]) -> None:
    """Add what belongs to the rows of these tables, and so on."""
    while begun:
        begun = {
            ref.table
            for ref in known
            if ref.required and (ref.target is None or ref.target in begun)
            if _note(database, ref)
        }


def _note(database: psycopg.Connection, ref: Reference) -> int:
    statement = sql.SQL(
        "insert into forgotten_rows select {}, row.id from {} as row where {}"
        " on conflict do nothing"
    ).format(sql.Literal(ref.table), _name(ref.table), _refers(ref))
    return database.execute(statement).rowcount


def _refers(ref: Reference) -> sql.Composable:
    """Whether `row` refers to a row that goes."""
    if ref.target:
        return sql.SQL("row.{} in (select id from forgotten_rows where table_name = {})").format(
            sql.Identifier(ref.column), sql.Literal(ref.target)
        )
    return sql.SQL(
        "(row.target_schema || '.' || row.target_table, row.{})"
        " in (select table_name, id from forgotten_rows)"
    ).format(sql.Identifier(ref.column))


def release(database: psycopg.Connection, known: list[Reference]) -> dict[str, int]:
    """Take the references out of the rows that stay: table -> rows."""
    released: dict[str, int] = defaultdict(int)
    database.execute(
        """
        update qiaccess.classification_queue
        set explanation = null,
            status = case
                when staging_table is null and status in ('waiting', 'assigned', 'deferred')
                    then 'withdrawn'
                else status
            end
        where candidate_entity_id in (
            select id from forgotten_rows where table_name = 'core.entities'
        )
        """
    )
    for ref in known:
        if not ref.required:
            statement = sql.SQL(
                """
                update {table} as row set {column} = null
                where {refers}
                    and ({name}, row.id) not in (select table_name, id from forgotten_rows)
                """
            ).format(
                table=_name(ref.table),
                column=sql.Identifier(ref.column),
                refers=_refers(ref),
                name=sql.Literal(ref.table),
            )
            released[ref.table] += database.execute(statement).rowcount
    return {table: rows for table, rows in released.items() if rows}


def delete(database: psycopg.Connection, known: list[Reference]) -> dict[str, int]:
    """Delete the rows, those that refer to others first: table -> rows."""
    found = database.execute("select distinct table_name from forgotten_rows order by 1").fetchall()
    waiting = {table for (table,) in found}
    deleted = {}
    while waiting:
        free = waiting - _held(known, waiting) or waiting - _held(known, waiting, required=True)
        for table in sorted(free or waiting):
            statement = sql.SQL(
                "delete from {} where id in (select id from forgotten_rows where table_name = %s)"
            ).format(_name(table))
            if rows := database.execute(statement, [table]).rowcount:
                deleted[table] = rows
            waiting.discard(table)
    return deleted


def _held(known: list[Reference], waiting: set[str], *, required: bool = False) -> set[str | None]:
    """The tables that rows of others among them lead to."""
    return {
        ref.target
        for ref in known
        if ref.table in waiting and ref.target != ref.table and (ref.required or not required)
    }


def _name(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))
