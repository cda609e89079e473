"""Rows that say the same of a survivor, since two entities that were merged both had them.

Which columns tell two rows of a table apart stands in qieos.survivorship_rules. Of twins one stays
as it is, and those that came from merged entities take the status `merged`; when the one goes
away, changes or ends, another takes its place. Nothing is deleted.
"""

import uuid
from collections.abc import Collection, Mapping

import psycopg
from psycopg import sql

from qios.identity.belonging import DISTINGUISHES, MERGED, Table, rules_of

Moved = Mapping[str, Collection[uuid.UUID]]
"""`schema.table` → ids of the rows that came to a survivor in this act."""

# `rows` are those of survivors that may have twins; `came` those which are not the survivor's own.
ROWS = sql.SQL(
    """
    with rows as (
        select held.id, held.status, {apart},
            held.id = any(%(moved)s) or exists (
                select from qinexus.source_values as word where word.id = held.id and ({elsewhere})
            ) as came,
            {turned_inward} as turned_inward
        from {table} as held
        where ({belongs}) and held.status in ({living}, %(merged)s) {lasting}
    )
    """
)
MARK = sql.SQL(
    """
    update {table} as held set status = %(merged)s {touched}
    from rows
    where held.id = rows.id and rows.came and rows.status <> %(merged)s
        and (
            rows.turned_inward
            or exists (
                select from rows as other
                where ({other_apart}) is not distinct from ({rows_apart})
                    and other.id <> rows.id and other.status <> %(merged)s
                    and (not other.came or other.id < rows.id)
            )
        )
    """
)
REVIVE = sql.SQL(
    """
    update {table} as held set status = {living} {touched}
    from (
        select distinct on ({rows_apart}) rows.id
        from rows
        where rows.status = %(merged)s and not rows.turned_inward
            and not exists (
                select from rows as other
                where ({other_apart}) is not distinct from ({rows_apart})
                    and other.status <> %(merged)s
            )
        order by {rows_apart}, rows.came, rows.id
    ) as revived
    where held.id = revived.id
    """
)


def settle_twins(
    database: psycopg.Connection,
    table: Table,
    survivors: Collection[uuid.UUID],
    moved: Collection[uuid.UUID] = (),
) -> None:
    """Mark the twins among the survivors' rows, and revive those that have none any more.

    moved: rows that came to the survivors in this act.
    """
    entities = table.entity_columns
    apart = dict.fromkeys(
        (
            *entities,
            *(name for name, rule in rules_of(table.relation).items() if rule == DISTINGUISHES),
        )
    )
    held = [sql.Identifier("held", name) for name in entities]
    parts = {
        "table": table.identifier,
        "touched": table.touched,
        "living": table.living,
        "apart": _columns("held", apart),
        "rows_apart": _columns("rows", apart),
        "other_apart": _columns("other", apart),
        "belongs": sql.SQL(" or ").join(
            sql.SQL("{} = any(%(survivors)s)").format(column) for column in held
        ),
        "elsewhere": sql.SQL(" or ").join(
            sql.SQL("word.source_values ->> {} <> {}::text").format(sql.Literal(name), column)
            for name, column in zip(entities, held, strict=True)
        ),
        "turned_inward": sql.SQL(" = ").join(held) if len(held) > 1 else sql.SQL("false"),
        "lasting": sql.SQL("and held.ended_at is null" if "ended_at" in table.columns else ""),
    }
    values = {"survivors": list(survivors), "moved": list(moved), "merged": MERGED}
    for statement in (MARK, REVIVE):
        database.execute(ROWS.format(**parts) + statement.format(**parts), values)


def _columns(row: str, names: Collection[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(row, name) for name in names)
