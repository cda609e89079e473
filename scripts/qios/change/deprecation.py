"""What is used after the day on which it was deprecated, and what should be used instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from qios.errors import UsageError
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow

# (object, what is wrong, the row that says so)
Broken = Iterator[tuple[str, str, SeedRow]]

FIELDS, TABLES = "qieos.fields", "qieos.tables"


def deprecated_in_use(registry: Registry, today: date | None = None) -> Broken:
    """What is used after its day, by the date of today in UTC, and what names no replacement."""
    today = today or datetime.now(UTC).date()
    fields = {key: row for key, row in registry.fields.items() if row["deprecated_at"]}
    tables = {
        f"{row['schema_name']}.{row['table_name']}": row
        for row in registry.seeds[TABLES]
        if row["deprecated_at"]
    }
    instead = _replacements(registry)
    yield from _unreplaced(instead, FIELDS, fields, set(registry.fields) - set(fields))
    yield from _unreplaced(instead, TABLES, tables, set(registry.relations))
    over = {key for key, row in fields.items() if _day(row) <= today}
    for relation in registry.relations.values():
        for column in relation.live_columns:
            key = column.field["field_key"]
            if key in over:
                said = _said(f"the field {key}", fields[key], instead.get((FIELDS, key)))
                yield f"{relation.full_name}.{column.name}", f"uses {said}", column.usage
    for name, row in tables.items():
        if _day(row) <= today:
            said = _said("it", row, instead.get((TABLES, name)))
            for user in _users(registry, name):
                yield name, f"{user} uses {said}", row


def _replacements(registry: Registry) -> dict[tuple[str, str], SeedRow]:
    return {
        (row["registry_name"], row["object"]): row
        for row in registry.seeds["qieos.replacements"]
        if not row["deprecated_at"]
    }


def _unreplaced(
    instead: dict[tuple[str, str], SeedRow],
    registry_name: str,
    deprecated: dict[str, SeedRow],
    in_force: set[str],
) -> Broken:
    for name, row in deprecated.items():
        thing = f"field {name}" if registry_name == FIELDS else name
        given = instead.get((registry_name, name))
        if given is None:
            yield thing, "is deprecated, and qieos.replacements does not say what to use", row
        elif given["replaced_by"] and given["replaced_by"] not in in_force:
            detail = f"is replaced by {given['replaced_by']}, which is not in force itself"
            yield thing, detail, given


def _users(registry: Registry, table: str) -> Iterator[str]:
    """The models that read a table, and the sources that land in it. That its own model is still
    there is told by R0701."""
    schema, name = table.split(".")
    node = f"{schema}__{name}"
    reads = re.compile(rf"\bref\(\s*['\"]{node}['\"]\s*\)")
    for path in sorted((registry.root / "models").rglob("*.sql")):
        if path.stem != node and reads.search(path.read_text(encoding="utf-8")):
            yield path.relative_to(registry.root).as_posix()
    if schema == "staging":
        for source in registry.seeds["qinexus.sources"]:
            if source["staging_table"] == name and not source["deprecated_at"]:
                yield f"the source {source['source_key']}"


def _said(what: str, row: SeedRow, given: SeedRow | None) -> str:
    use = f"; use {given['replaced_by']}" if given and given["replaced_by"] else ""
    return f"{what}, deprecated since {row['deprecated_at']}{use}"


def _day(row: SeedRow) -> date:
    try:
        return date.fromisoformat(row["deprecated_at"][:10])
    except ValueError:
        raise UsageError(
            f"{row.path.name} line {row.line}: deprecated_at is {row['deprecated_at']!r}, no date",
            cure="write it as 2027-01-31",
        ) from None
