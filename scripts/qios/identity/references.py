"""Whether every id leads somewhere, and nothing leads to an entity that was merged.

Which columns hold ids of what is the registry's: foreign keys by `references`; the soft ones of
tables that name what they tell of by target_schema, target_table and target_id; and in landing
tables, which have no foreign keys, the columns of fields that are foreign keys elsewhere. Who is
compared with whom may be known to a staged row alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.identity.belonging import ENTITIES, Pointer, followers, tables
from qios.intake.landing import STAGING
from qios.paths import project_root
from qios.registry.model import Registry, Relation

TARGET = ("target_schema", "target_table")
EVERY = sql.SQL("")
REMEMBERS = ("core.audit_events", "qinexus.archived_values")
"""They tell of rows that may be gone: the journal and the archive."""
ENTITY_KEYS = ("core.people.entity_id", "core.organizations.entity_id")
COMPARED = (
    ("core.pair_decisions", "left_entity_id", "held.withdrawn_at is null"),
    ("core.pair_decisions", "right_entity_id", "held.withdrawn_at is null"),
    (
        *("qiaccess.classification_queue", "candidate_entity_id"),
        "held.candidate_entity_id is not null and held.status in ('waiting', 'assigned')",
    ),
)
"""(table, column, condition) of who is compared with whom."""
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
        *_compared(registry),
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


def _compared(registry: Registry) -> Iterator[Check]:
    """Of two that are compared each is an entity, or told of by a row that was staged."""
    views = [relation for relation in registry.relations.values() if relation.kind == "view"]
    told = [
        sql.SQL("select {} from {}").format(
            sql.Identifier(column.name), sql.Identifier(view.schema, view.name)
        )
        for view in views
        for column in view.live_columns
        if view.schema == STAGING and column.references in ENTITY_KEYS
    ]
    for name, column, holds in COMPARED:
        query = sql.SQL(
            "select held.id from {} as held where {} and not exists ("
            "select from core.entities as entity where entity.id = held.{}) and not exists ("
            "select from ({}) as staged (entity_id) where staged.entity_id = held.{})"
        ).format(
            sql.Identifier(*name.split(".")),
            sql.SQL(holds),
            sql.Identifier(column),
            sql.SQL(" union all ").join(told),
            sql.Identifier(column),
        )
        yield f"{name}.{column}", "leads to nobody whom an entity or a staged row tells of", query


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
    named = "concat_ws(' ', held.import_batch_id, held.row_number)"
    return sql.SQL("select {} from {} as held where held.{} is not null {} and not {}").format(
        sql.SQL(named if relation.schema == STAGING else "held.id"),
        sql.Identifier(relation.schema, relation.name),
        *(sql.Identifier(column), only, leads),
    )


def _leads_to_merged(table: sql.Identifier, pointer: Pointer) -> sql.Composable:
    target = tables()[pointer.target]
    key = "id" if target.name == ENTITIES else target.facet_of
    return sql.SQL(
        "select held.id from {} as held inner join {} as target on target.id = held.{}"
        " inner join core.entities as merged on merged.id = target.{}"
        " where merged.canonical_entity_id is not null"
    ).format(table, target.identifier, sql.Identifier(pointer.column), sql.Identifier(key))
