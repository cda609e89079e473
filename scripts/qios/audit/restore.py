"""The rows of `taken` back to what they were, set by set."""

from collections import Counter, defaultdict
from contextlib import suppress

import psycopg
from psycopg import sql

from qios.audit.events import Table, tables_of_taken
from qios.errors import Findings

OF_TABLE = sql.SQL("taken.target_schema = {schema} and taken.target_table = {name}")
# Deleted rows come back, changed ones take their image's values, inserted ones go. A column that
# an older image does not know keeps its value, or takes its type's null.
FIND_GONE = """
    update taken set is_gone = true
    where {of_table} and not taken.is_new
        and not exists (select from {table} as held where held.id = taken.target_id)
"""
RETURN = """
    insert into {table} ({columns})
    select {image_columns}
    from taken
    inner join core.audit_events as event on event.id = taken.event_id
    cross join lateral json_populate_record(null::{table}, event.before_image) as image
    where {of_table} and taken.is_gone
"""
RESTORE = """
    update {table} as held
    set ({columns}) = (
        select {image_columns} from json_populate_record(held, event.before_image) as image
    )
    from taken
    inner join core.audit_events as event on event.id = taken.event_id
    where {of_table} and not taken.is_new and not taken.is_gone and held.id = taken.target_id
"""
REMOVE = """
    delete from {table} as held using taken
    where {of_table} and taken.is_new and held.id = taken.target_id
"""


def restore(database: psycopg.Connection) -> dict[str, dict[str, int]]:
    """`schema.table` → rows {returned, restored, removed}. Call it within a transaction.

    Foreign keys decide the order. A unique key may ask for another one: a step that a constraint
    refuses is tried again after the others, row by row where sets end nowhere. Raises Findings
    where rows do as well, as with one that came later and leads to one that would go.
    """
    tables = tables_of_taken(database)
    columns = {table: _columns(database, table) for table in tables}
    for table in tables:
        database.execute(_statement(FIND_GONE, table, columns[table]))
    steps = [
        *(("returned", RETURN, table) for table in tables),
        *(("restored", RESTORE, table) for table in tables),
        *(("removed", REMOVE, table) for table in reversed(tables)),
    ]
    done: dict[str, Counter[str]] = defaultdict(Counter)
    while steps:
        refused = {}
        for step in steps:
            what, text, table = step
            try:
                with database.transaction():
                    rows = database.execute(_statement(text, table, columns[table])).rowcount
            except psycopg.errors.IntegrityError as error:
                refused[step] = error
                continue
            done[".".join(table)][what] += rows
        if len(refused) == len(steps):
            moved = 0
            for what, text, table in steps:
                rows = _row_by_row(database, _statement(text, table, columns[table]), table)
                done[".".join(table)][what] += rows
                moved += rows
            if not moved:
                _refuse(next(iter(refused.values())))
        steps = list(refused)
    return {table: dict(+counts) for table, counts in sorted(done.items()) if +counts}


def _row_by_row(database: psycopg.Connection, step: sql.Composable, table: Table) -> int:
    """Take a step for each row that no constraint holds back; how many rows went. In one act a row
    may have got the key that another gave up, and others may lead to it since."""
    of_table = OF_TABLE.format(schema=table[0], name=table[1])
    rows = database.execute(sql.SQL("select target_id from taken where {}").format(of_table))
    went = []
    for (target,) in rows.fetchall():
        with suppress(psycopg.errors.IntegrityError), database.transaction():
            one = step + sql.SQL(" and taken.target_id = {}").format(target)
            if database.execute(one).rowcount:
                went.append(target)
    statement = sql.SQL("delete from taken where {} and target_id = any({})")
    database.execute(statement.format(of_table, went))
    return len(went)


def _columns(database: psycopg.Connection, table: Table) -> list[str]:
    statement = sql.SQL("select * from {} limit 0").format(sql.Identifier(*table))
    return [column.name for column in database.execute(statement).description]


def _statement(text: str, table: Table, columns: list[str]) -> sql.Composed:
    def listed(*prefix: str) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(*prefix, column) for column in columns)

    schema, name = map(sql.Literal, table)
    return sql.SQL(text).format(
        table=sql.Identifier(*table),
        columns=listed(),
        image_columns=listed("image"),
        of_table=OF_TABLE.format(schema=schema, name=name),
    )


def _refuse(error: psycopg.errors.IntegrityError) -> None:
    about = error.diag
    raise Findings(
        f"{about.schema_name}.{about.table_name}: {about.constraint_name} stands in the way, "
        f"nothing was taken back: {about.message_detail or about.message_primary}",
        "take back first, or delete, what leads to these rows",
    ) from error
