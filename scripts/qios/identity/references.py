"""Whether every id leads somewhere.

Which columns hold ids of what is the registry's: foreign keys by `references`; the soft ones of
tables that name what they tell of by target_schema, target_table and target_id; and in landing
tables, which have no foreign keys, the columns of fields that are foreign keys elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.identity.agreement import Check, agreement
from qios.intake.landing import STAGING
from qios.paths import project_root
from qios.registry.model import Registry, Relation

TARGET = ("target_schema", "target_table")
EVERY = sql.SQL("")
REMEMBERS = ("core.audit_events", "qinexus.archived_values")
"""They tell of rows that may be gone: the journal and the archive."""
SHADOWS = ("core.surviving_values",)
"""Their own id is that of the row that they tell of."""


@dataclass(frozen=True)
class Finding:
    """object: `schema.table.column`; rows: how many rows of it are wrong. example: the id of one,
    or of a staged row its batch and number."""

    object: str
    detail: str
    rows: int
    example: str


def findings(database: psycopg.Connection) -> list[Finding]:
    """All that is wrong with references, none where all is well. Reads whole tables."""
    registry = Registry(project_root())
    relations = [r for r in registry.relations.values() if r.kind == "table"]
    checks = [
        *_foreign(relations),
        *_keyless(relations),
        *_soft(database, registry, relations),
        *agreement(registry),
    ]
    found = []
    for named, detail, query in checks:
        rows, example = database.execute(
            sql.SQL("select count(*), min(id::text) from ({}) as wrong (id)").format(query)
        ).fetchone()
        if rows:
            found.append(Finding(named, detail, rows, example))
    return found


def _foreign(relations: list[Relation]) -> Iterator[Check]:
    for relation in relations:
        for column in relation.live_columns:
            if column.references:
                yield _foreign_check(relation, column.name, column.references)


def _keyless(relations: list[Relation]) -> Iterator[Check]:
    """Of fields that lead to one and the same wherever they are foreign keys."""
    homes: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        for column in relation.live_columns:
            if column.references:
                homes[column.field["field_key"]].add(column.references)
    for relation in relations:
        for column in relation.live_columns:
            leads_to = homes.get(column.field["field_key"], ())
            if relation.schema == STAGING and len(leads_to) == 1:
                yield _foreign_check(relation, column.name, *leads_to)


def _foreign_check(relation: Relation, column: str, references: str) -> Check:
    schema, table, target = references.split(".")
    return (
        f"{relation.full_name}.{column}",
        f"leads to no row of {schema}.{table}",
        _leads_nowhere(relation, column, sql.Identifier(schema, table), target),
    )


def _soft(
    database: psycopg.Connection, registry: Registry, relations: list[Relation]
) -> Iterator[Check]:
    """The checks of each table that such a column really speaks of."""
    for relation in relations:
        columns = {column.name for column in relation.live_columns}
        column = "id" if relation.full_name in SHADOWS else "target_id"
        if relation.full_name in REMEMBERS or not columns.issuperset((*TARGET, column)):
            continue
        spoken_of = sql.SQL(
            "select distinct target_schema, target_table from {} where {} is not null"
        )
        name = sql.Identifier(relation.schema, relation.name)
        named = database.execute(spoken_of.format(name, sql.Identifier(column))).fetchall()
        for schema, table in named:
            target = registry.relations.get(f"{schema}.{table}")
            only = sql.SQL("and held.target_schema = {} and held.target_table = {}").format(
                sql.Literal(schema), sql.Literal(table)
            )
            where = sql.Identifier(schema, table) if target else None
            yield (
                f"{relation.full_name}.{column}",
                f"leads to no row of {schema}.{table}",
                _leads_nowhere(relation, column, where, "id", only),
            )


def _leads_nowhere(
    relation: Relation,
    column: str,
    target: sql.Identifier | None,
    target_column: str,
    only: sql.Composable = EVERY,
) -> sql.Composable:
    """Rows of a relation whose column leads to no row; all of `only` where there is no target."""
    leads = sql.SQL("false")
    if target:
        leads = sql.SQL("exists (select from {} as target where target.{} = held.{})").format(
            target, sql.Identifier(target_column), sql.Identifier(column)
        )
    named = "concat_ws(' ', held.import_batch_id, held.row_number)"
    return sql.SQL("select {} from {} as held where held.{} is not null {} and not {}").format(
        sql.SQL(named if relation.schema == STAGING else "held.id"),
        sql.Identifier(relation.schema, relation.name),
        *(sql.Identifier(column), only, leads),
    )
