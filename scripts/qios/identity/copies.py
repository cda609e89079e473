"""Rows that a survivor has because an entity merged into it has them: its tags, for instance.

The row of the merged entity stays, since its key names that entity; the survivor gets a copy under
the stable id that a promotion would give it. core.surviving_values notes which rows are copies.
"""

import uuid
from collections.abc import Collection

import psycopg
from psycopg import sql

from qios.identity.belonging import Table

COPY = sql.SQL(
    """
    with missing as (
        select distinct on (merged.canonical_entity_id, {others})
            merged.canonical_entity_id as survivor_id, held.*
        from core.entities as merged
        inner join {table} as held on held.{entity} = merged.id
        where merged.canonical_entity_id = any(%(survivors)s)
            and not exists (
                select from {table} as own
                where own.{entity} = merged.canonical_entity_id
                    and ({own_others}) = ({others})
            )
        order by merged.canonical_entity_id, {others}, held.created_at, held.id
    ),

    copied as (
        insert into {table} (id, {entity}, {columns})
        select md5(concat_ws(chr(31), %(full_name)s::text, held.survivor_id, {texts}))::uuid,
            held.survivor_id, {held_columns}
        from missing as held
        returning id
    )

    insert into core.surviving_values (id, target_schema, target_table, surviving_values)
    select id, %(schema)s, %(name)s, '{{}}' from copied
    """
)
FORGET = sql.SQL(
    """
    with vain as (
        delete from {table} as copy
        using core.surviving_values as noted
        where copy.{entity} = any(%(survivors)s) and noted.id = copy.id
            and not exists (select from qinexus.source_values as word where word.id = copy.id)
            and not exists (
                select from core.entities as merged
                inner join {table} as held on held.{entity} = merged.id
                where merged.canonical_entity_id = copy.{entity} and ({others}) = ({copy_others})
            )
        returning copy.id
    )
    delete from core.surviving_values as noted using vain where noted.id = vain.id
    """
)


def settle_copies(
    database: psycopg.Connection, table: Table, survivors: Collection[uuid.UUID]
) -> None:
    """Give survivors what their groups have, and take from them what nobody there has any more."""
    entity, *others = table.linked_by
    copied = [
        name
        for name, column in table.columns.items()
        if name not in ("id", "status", entity) and column.written_by != "database"
    ]
    parts = {
        "table": table.identifier,
        "entity": sql.Identifier(entity),
        "others": _columns("held", others),
        "texts": sql.SQL(", ").join(
            sql.SQL("coalesce({}::text, '')").format(sql.Identifier("held", name))
            for name in others
        ),
        "own_others": _columns("own", others),
        "copy_others": _columns("copy", others),
        "columns": sql.SQL(", ").join(map(sql.Identifier, copied)),
        "held_columns": _columns("held", copied),
    }
    values = {
        "survivors": list(survivors),
        "full_name": table.name,
        "schema": table.relation.schema,
        "name": table.relation.name,
    }
    for statement in (FORGET, COPY):
        database.execute(statement.format(**parts), values)


def _columns(row: str, names: Collection[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(row, name) for name in names)
