"""What PostgreSQL's catalog says of a table."""

from typing import Any

from psycopg import sql

from projects import Project

COLUMNS = """
    select attname, format_type(atttypid, atttypmod)
        || case when attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
        || coalesce(' -- ' || col_description(attrelid, attnum), '')
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped
"""
OBJECTS = """
    select conname, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = to_regclass(%(table)s) and contype <> 'n'
    union
    select indexrelid::regclass::text, substring(pg_get_indexdef(indexrelid) from 'USING .*')
    from pg_index where indrelid = to_regclass(%(table)s)
        and not exists (select from pg_constraint where conindid = indexrelid)
"""


def columns(project: Project, table: str) -> dict[str, str]:
    """Name → type, not null, default and comment."""
    return dict(project.sql(COLUMNS, table))


def objects(project: Project, table: str) -> dict[str, str]:
    """Name → definition of keys, checks and indexes."""
    return dict(project.sql(OBJECTS.replace("%(table)s", "%s"), table, table))


def rows(project: Project, table: str, key: str) -> dict[Any, dict[str, Any]]:
    """Key → the row, with the transaction that wrote it last as xmin."""
    statement = sql.SQL("select {}::text, xmin::text, to_jsonb(row) from {} as row")
    names = sql.Identifier(key), sql.Identifier(*table.split("."))
    found = project.sql(statement.format(*names))
    return {name: row | {"xmin": xmin} for name, xmin, row in found}
