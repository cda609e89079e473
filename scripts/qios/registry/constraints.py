"""Names and definitions of a table's keys, checks and indexes, in PostgreSQL's own manner."""

from __future__ import annotations

from typing import Any

from qios.errors import Findings, UsageError
from qios.registry.model import Column, Registry, Relation

NAME_LIMIT = 63  # NAMEDATALEN - 1: a longer name is cut without a word


def table_objects(registry: Registry, relation: Relation) -> list[dict[str, Any]]:
    """The table's dbt constraints: primary key, unique keys, checks."""
    primary_key = [column.name for column in relation.live_columns if column.primary_key]
    objects: list[dict[str, Any]] = [
        {"type": "primary_key", "name": f"{relation.name}_pkey", "columns": primary_key}
    ]
    for key in column_objects(relation, "unique", "key"):
        objects.append({"type": "unique", **key})
    for column in relation.live_columns:
        values = allowed_values(registry, relation, column)
        if values:
            name = _name(relation, column.name, "check")
            objects.append({"type": "check", "name": name, "expression": _check(column, values)})
    for check in relation.row.items("checks"):
        name, _, expression = check.partition(": ")
        name = _name(relation, name, "check")
        objects.append({"type": "check", "name": name, "expression": expression})
    return objects


def column_objects(relation: Relation, mark: str, suffix: str) -> list[dict[str, Any]]:
    """Unique keys or indexes: `true` stands for the column alone, a name joins several columns.

    `name where condition` is a partial index.
    """
    groups: dict[str, dict[str, Any]] = {}
    for column in relation.live_columns:
        for text in column.usage.items(mark):
            group, _, condition = text.partition(" where ")
            name = _name(relation, column.name if group == "true" else group, suffix)
            made = groups.setdefault(name, {"name": name, "columns": []})
            made["columns"].append(column.name)
            if condition:
                made["where"] = condition
    return list(groups.values())


def allowed_values(registry: Registry, relation: Relation, column: Column) -> tuple[str, ...]:
    """What the column may hold: its status group's keys, the levels, or the field's list."""
    group = column.usage["status_group"]
    if group:
        if group not in registry.statuses:
            raise Findings(
                f"R0706 {relation.full_name}.{column.name}: the status group {group!r} has no "
                "statuses",
                cure="add its rows to seeds/qieos/qieos__seed_statuses.csv",
            )
        return tuple(registry.statuses[group])
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
