"""Names and definitions of a table's keys, checks, indexes and triggers, in PostgreSQL's manner."""

from __future__ import annotations

from qios.errors import UsageError
from qios.registry.model import Column, Registry, Relation
from qios.registry.triggers import triggers

TRIGRAM = "trigram"
"""Marks a column whose index finds similar texts, whatever their case and accents."""
NAME_LIMIT = 63  # NAMEDATALEN - 1: a longer name is cut without a word


def table_objects(registry: Registry, relation: Relation) -> dict[str, str]:
    """Name → definition of the table's primary key, unique keys, checks, indexes and triggers."""
    primary_key = [column.name for column in relation.live_columns if column.primary_key]
    objects = {f"{relation.name}_pkey": f"constraint primary key ({_list(primary_key)})"}
    for name, columns, condition in _groups(relation, "unique", "key"):
        # A constraint knows no condition, an index does.
        kind = "unique index" if condition else "constraint unique"
        objects[name] = f"{kind} ({_list(columns)}){_where(condition)}"
    for column in relation.live_columns:
        values = allowed_values(registry, relation, column)
        if values:
            name = _name(relation, column.name, "check")
            objects[name] = f"constraint check ({_check(column, values)})"
    for check in relation.row.items("checks"):
        name, _, expression = check.partition(": ")
        objects[_name(relation, name, "check")] = f"constraint check ({expression})"
    for name, columns, condition in _groups(relation, "indexed", "idx"):
        objects[name] = f"index ({_list(columns)}){_where(condition)}"
    for name, definition in triggers(relation).items():
        objects[name] = f"trigger {definition}"
    for column in relation.live_columns:
        if TRIGRAM in column.usage.items("indexed"):
            expression = f'core.plain("{column.name}") core.gin_trgm_ops'
            name = _name(relation, f"{column.name}_{TRIGRAM}", "idx")
            objects[name] = f"index using gin ({expression})"
    return objects


def foreign_keys(relation: Relation) -> dict[str, str]:
    """Name → definition of the table's foreign keys."""
    keys = {}
    for column in relation.live_columns:
        if column.references:
            schema, table, target = column.references.split(".")
            keys[_name(relation, column.name, "fkey")] = (
                f'foreign key ("{column.name}") references "{schema}"."{table}" ("{target}")'
            )
    return keys


def natural_key(relation: Relation) -> list[str]:
    """The columns of the relation's first unique key."""
    return next(iter(_whole_keys(relation)), [])


def unique_keys(relation: Relation) -> list[list[str]]:
    """The columns of each of the relation's unique keys, the primary key aside."""
    return [columns for _, columns, *_ in _groups(relation, "unique", "key")]


def is_key(relation: Relation, column_name: str) -> bool:
    """Whether the column alone names a row, so that a foreign key may point at it."""
    primary_key = [column.name for column in relation.live_columns if column.primary_key]
    return [column_name] in (primary_key, *_whole_keys(relation))


def _whole_keys(relation: Relation) -> list[list[str]]:
    """The columns of each unique key that holds for every row."""
    groups = _groups(relation, "unique", "key")
    return [columns for _, columns, condition in groups if not condition]


def _groups(relation: Relation, mark: str, suffix: str) -> list[tuple[str, list[str], str]]:
    """(name, columns, condition) of unique keys or indexes: `true` stands for the column alone, a
    name joins several columns, `name where condition` is partial."""
    groups: dict[str, tuple[str, list[str], str]] = {}
    for column in relation.live_columns:
        for text in column.usage.items(mark):
            if text == TRIGRAM:
                continue
            group, _, condition = text.partition(" where ")
            name = _name(relation, column.name if group == "true" else group, suffix)
            groups.setdefault(name, (name, [], condition))[1].append(column.name)
    return list(groups.values())


def _where(condition: str) -> str:
    return f" where {condition}" if condition else ""


def _list(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def allowed_values(registry: Registry, relation: Relation, column: Column) -> tuple[str, ...]:
    """What the column may hold: its status group's keys, the levels, or the field's list."""
    group = column.usage["status_group"]
    if group:
        return tuple(registry.statuses.get(group, ()))
    if column.field["field_key"] == "sensitivity_level":
        levels = registry.seeds["qivault.sensitivity_levels"]
        return tuple(row["level_key"] for row in sorted(levels, key=lambda r: int(r["rank"])))
    return column.field.items("allowed_values")


def _check(column: Column, values: tuple[str, ...]) -> str:
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    if column.data_type.endswith("[]"):
        return f'"{column.name}" <@ array[{quoted}]'
    return f'"{column.name}" in ({quoted})'


def _name(relation: Relation, part: str, suffix: str) -> str:
    name = f"{relation.name}_{part}_{suffix}"
    if len(name) > NAME_LIMIT:
        raise UsageError(
            f"{relation.full_name}: the name {name} has {len(name)} characters, "
            f"PostgreSQL keeps {NAME_LIMIT}",
            cure="choose a shorter column or key name",
        )
    return name
