"""Whether references, merges and decisions about pairs agree.

What refers to an entity refers to the survivor; two that are decided to be one are one; of two that
are compared each is somebody.
"""

from collections.abc import Iterator

from psycopg import sql

from qios.identity.belonging import ENTITIES, Pointer, followers, tables
from qios.intake.landing import STAGING
from qios.registry.model import Registry

Check = tuple[str, str, sql.Composable]
"""`schema.table.column`, what is wrong with it, and a query of the ids of the rows that are."""

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

ENTITIES_AGREE: list[Check] = [
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


def agreement(registry: Registry) -> Iterator[Check]:
    """The checks of all of this."""
    yield from _compared(registry)
    yield from _merged()
    yield from ENTITIES_AGREE


def _compared(registry: Registry) -> Iterator[Check]:
    """Of two that are compared each is an entity, or told of by a row that was staged: it may be
    known to that alone."""
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


def _merged() -> Iterator[Check]:
    for table in followers():
        for pointer in table.pointers:
            yield (
                f"{table.name}.{pointer.column}",
                "leads to an entity that was merged, not to its survivor",
                _leads_to_merged(table.identifier, pointer),
            )


def _leads_to_merged(table: sql.Identifier, pointer: Pointer) -> sql.Composable:
    target = tables()[pointer.target]
    key = "id" if target.name == ENTITIES else target.facet_of
    return sql.SQL(
        "select held.id from {} as held inner join {} as target on target.id = held.{}"
        " inner join core.entities as merged on merged.id = target.{}"
        " where merged.canonical_entity_id is not null"
    ).format(table, target.identifier, sql.Identifier(pointer.column), sql.Identifier(key))
