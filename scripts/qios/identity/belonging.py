"""What belongs to an entity, as the registry has it: who refers to core.entities, and how.

A row whose key holds the entity (its row in core.people, a tag it carries) stays with that
entity when it is merged, and the survivor has a row of its own. Any other row follows.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from psycopg import sql

from qios.paths import project_root
from qios.registry.constraints import allowed_values, unique_keys
from qios.registry.model import Column, Registry, Relation

ENTITIES = "core.entities"
MERGED = "merged"
NEWEST, OWN, DISTINGUISHES = "newest", "own", "distinguishes"


@dataclass(frozen=True)
class Pointer:
    """A column that refers to the id of `target`, `schema.table`."""

    column: str
    target: str


@dataclass(frozen=True, eq=False)
class Table:
    """A table with rows of entities.

    facet_of: the column that names the one entity whose row it is, as core.people.entity_id does.
    linked_by: the columns of a key that holds an entity beside others. pointers: columns that
    follow a merge, to entities and to their facets.
    """

    relation: Relation
    facet_of: str | None
    linked_by: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    may_be_merged: bool

    @property
    def name(self) -> str:
        return self.relation.full_name

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.relation.schema, self.relation.name)

    @property
    def key(self) -> str | None:
        """The column that holds the entity in a key, whose rows therefore stay with it."""
        return self.facet_of or next(iter(self.linked_by), None)

    @property
    def entity_columns(self) -> tuple[str, ...]:
        """The pointers that refer to entities themselves."""
        return tuple(pointer.column for pointer in self.pointers if pointer.target == ENTITIES)

    @cached_property
    def columns(self) -> dict[str, Column]:
        return {column.name: column for column in self.relation.live_columns}

    @property
    def touched(self) -> sql.Composable:
        """`, updated_at = now(), …` of the columns that say when a row moved."""
        moved = {"updated_at": "now()", "updated_by": "session_user"}
        return sql.SQL("").join(
            sql.SQL(", {} = {}").format(sql.Identifier(name), sql.SQL(value))
            for name, value in moved.items()
            if name in self.columns
        )

    @property
    def living(self) -> sql.Composable:
        """The status of a row that nothing is said against, as an expression."""
        return sql.SQL(self.columns["status"].default)


@cache
def tables() -> dict[str, Table]:
    """Full name → table, for core.entities and all that refers to it or to a facet."""
    registry = Registry(project_root())
    facets = {
        relation.full_name: column
        for relation in registry.relations.values()
        if relation.kind == "table"
        for column in _facet_columns(relation)
    }
    facets[ENTITIES] = "id"
    found = {}
    for relation in registry.relations.values():
        if relation.kind == "table":
            table = _table(registry, relation, facets)
            if table.facet_of or table.linked_by or table.pointers:
                found[table.name] = table
    return found


def facets() -> list[Table]:
    """The tables with one row for each entity, core.entities the first."""
    named = tables()
    first = named[ENTITIES]
    return [first, *(table for table in named.values() if table.facet_of and table is not first)]


def links() -> list[Table]:
    """The tables whose key holds an entity beside others."""
    return [table for table in tables().values() if table.linked_by]


def followers() -> list[Table]:
    """The tables with rows that follow a merge."""
    return [table for table in tables().values() if table.pointers]


def home(pointer: Pointer, value: sql.Composable) -> sql.Composable:
    """Where an id that stands in the pointer leads to since the last merge: an expression."""
    target = tables()[pointer.target]
    if target.name == ENTITIES:
        survivor = """
            select merged.canonical_entity_id from core.entities as merged
            where merged.id = {value}
        """
    else:
        survivor = """
            select surviving.id from {target} as given
            inner join core.entities as merged on merged.id = given.{key}
            inner join {target} as surviving on surviving.{key} = merged.canonical_entity_id
            where given.id = {value}
        """
    return sql.SQL(f"coalesce(({survivor}), {{value}})").format(
        target=target.identifier, key=sql.Identifier(target.facet_of), value=value
    )


def twin_tables() -> list[Table]:
    """The tables in which two rows of an entity may say the same."""
    return [
        table
        for table in followers()
        if table.may_be_merged and DISTINGUISHES in rules_of(table.relation).values()
    ]


def surviving_columns(table: Table) -> dict[str, str]:
    """Column of a facet → the rule by which its value survives; no key and no other's column."""
    given = rules_of(table.relation)
    in_keys = {name for columns in unique_keys(table.relation) for name in columns}
    return {
        name: given.get(name, NEWEST)
        for name, column in table.columns.items()
        if (name in given or not column.implied)
        and name not in in_keys | {table.facet_of}
        and given.get(name) != OWN
    }


@cache
def rules() -> dict[str, dict[str, str]]:
    """Full name of a table → column → what qieos.survivorship_rules says of it."""
    found: dict[str, dict[str, str]] = {}
    for row in Registry(project_root()).seeds["qieos.survivorship_rules"]:
        if not row["deprecated_at"]:
            table = f"{row['schema_name']}.{row['table_name']}"
            found.setdefault(table, {})[row["column_name"]] = row["survivorship"]
    return found


def _facet_columns(relation: Relation) -> list[str]:
    keys = unique_keys(relation)
    return [
        column.name
        for column in relation.live_columns
        if column.references == f"{ENTITIES}.id" and [column.name] in keys
    ]


def _table(registry: Registry, relation: Relation, facets: dict[str, str]) -> Table:
    in_keys = {name for columns in unique_keys(relation) for name in columns}
    targets = {f"{name}.id": name for name in facets}
    pointers, linked_by = [], ()
    for column in relation.live_columns:
        target = targets.get(column.references)
        if target and column.name not in in_keys and rules_of(relation).get(column.name) != OWN:
            pointers.append(Pointer(column.name, target))
    facet_of = facets.get(relation.full_name)
    for columns in unique_keys(relation):
        held = [name for name in columns if _column(relation, name).references == f"{ENTITIES}.id"]
        if held and len(columns) > 1:
            (entity,) = held
            linked_by = (entity, *(name for name in columns if name != entity))
    status = next((c for c in relation.live_columns if c.name == "status"), None)
    merged = bool(status and MERGED in allowed_values(registry, relation, status))
    return Table(relation, facet_of, linked_by, tuple(pointers), merged)


def rules_of(relation: Relation) -> dict[str, str]:
    """Column → what qieos.survivorship_rules says of it in this table."""
    return rules().get(relation.full_name, {})


def _column(relation: Relation, name: str) -> Column:
    return next(column for column in relation.live_columns if column.name == name)
