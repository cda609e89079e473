"""Whether every id leads somewhere, and nothing leads to an entity that was merged.

Which columns hold ids of what is the registry's: foreign keys by `references`, and the soft ones of
tables that name what they tell of by target_schema, target_table and target_id.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.identity.belonging import ENTITIES, Pointer, followers, tables
from qios.paths import project_root
from qios.registry.model import Registry, Relation

TARGET = ("target_schema", "target_table")
EVERY = sql.SQL("")
REMEMBERS = ("core.audit_events", "qinexus.archived_values", "qinexus.source_values")
"""They tell of rows that may be gone: the journal, the archive, and what a source said."""


@dataclass(frozen=True)
class Finding:
    """object: `schema.table.column`; rows: how many rows of it are wrong, `example` is one's id."""

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
        *_soft(database, registry, relations),
        *_merged(),
        *_ENTITIES,
    ]
    found = []
    for named, detail, query in checks:
        rows, example = database.execute(
            sql.SQL("select count(*), min(id::text) from ({}) as wrong (id)").format(query)
        ).fetchone()
        if rows:
            found.append(Finding(named, detail, rows, example))
    return found


Check = tuple[str, str, sql.Composable]

_ENTITIES: list[Check] = [
    (
        "core.entities.canonical_entity_id",
        "leads to an entity that was merged itself",
        sql.SQL(
            "select entity.id from core.entities as entity inner join core.entities as survivor"
            " on survivor.id = entity.canonical_entity_id"
            " where survivor.canonical_entity_id is not null"
        ),
    ),
    (
        "core.entities.status",
        "is not `merged` where the entity was merged, or is so where it was not",
        sql.SQL(
            "select id from core.entities"
            " where (status = 'merged') <> (canonical_entity_id is not null)"
        ),
    ),
    (
        "core.pair_decisions.decision",
        "says that two entities are the same, and they are two",
        sql.SQL(
            "select decided.id from core.pair_decisions as decided"
            " inner join core.entities as one on one.id = decided.left_entity_id"
            " inner join core.entities as other on other.id = decided.right_entity_id"
            " where decided.decision = 'same' and decided.withdrawn_at is null"
            " and coalesce(one.canonical_entity_id, one.id)"
            " <> coalesce(other.canonical_entity_id, other.id)"
        ),
    ),
]


def _foreign(relations: list[Relation]) -> Iterator[Check]:
    for relation in relations:
        for column in relation.live_columns:
            if column.references:
                schema, table, target = column.references.split(".")
                yield (
                    f"{relation.full_name}.{column.name}",
                    f"leads to no row of {schema}.{table}",
                    _leads_nowhere(relation, column.name, sql.Identifier(schema, table), target),
                )


def _soft(
    database: psycopg.Connection, registry: Registry, relations: list[Relation]
) -> Iterator[Check]:
    """The checks of each table that such a column really speaks of."""
    for relation in relations:
        columns = {column.name for column in relation.live_columns}
        if relation.full_name in REMEMBERS or not columns.issuperset(TARGET):
            continue
        column = "target_id" if "target_id" in columns else "id"
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


def _merged() -> Iterator[Check]:
    for table in followers():
        for pointer in table.pointers:
            yield (
                f"{table.name}.{pointer.column}",
                "leads to an entity that was merged, not to its survivor",
                _leads_to_merged(table.identifier, pointer),
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
    return sql.SQL("select held.id from {} as held where held.{} is not null {} and not {}").format(
        sql.Identifier(relation.schema, relation.name), sql.Identifier(column), only, leads
    )


def _leads_to_merged(table: sql.Identifier, pointer: Pointer) -> sql.Composable:
    target = tables()[pointer.target]
    key = "id" if target.name == ENTITIES else target.facet_of
    return sql.SQL(
        "select held.id from {} as held inner join {} as target on target.id = held.{}"
        " inner join core.entities as merged on merged.id = target.{}"
        " where merged.canonical_entity_id is not null"
    ).format(table, target.identifier, sql.Identifier(pointer.column), sql.Identifier(key))
