"""The live rules: each is one select in tests/dbt/governance, which a build runs as a data test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from qios.check.catalogue import Broken
from qios.check.templates import Templates
from qios.registry.model import Registry
from qios.registry.seeds import image_of

FOLDER = Path("tests/dbt/governance")
IMAGE = "R0711"
# The registries that the other live rules compare with: their keys name objects, or a whole rule.
OF_OBJECTS = ("qieos.schemas", "qieos.tables", "qieos.field_usages")
OF_RULES = {"qieos.naming_standards": "R1403", "qivault.sensitivity_levels": "R0904"}
# By the catalogue, which shows what an account may not read, too.
COLUMNS = """
    select relnamespace::regnamespace::text || '.' || relname, attname::text
    from pg_catalog.pg_attribute inner join pg_catalog.pg_class on pg_class.oid = attrelid
    where attnum > 0 and not attisdropped
"""


@dataclass(frozen=True)
class LiveRule:
    """A rule's select; `path` starts at the project's folder."""

    code: str
    path: Path


def live_rules(root: Path) -> list[LiveRule]:
    """The live rules by code; a file is named `<code>_<what holds>.sql`."""
    return [
        LiveRule(path.stem.partition("_")[0], path.relative_to(root))
        for path in sorted((root / FOLDER).glob("R*.sql"))
    ]


def live_findings(
    registry: Registry, database: psycopg.Connection, code: str | None = None
) -> Iterator[Broken]:
    """What the live rules find; the caller's transaction says in which snapshot.

    What they find by a row of the live registry that a hand has written is that row's finding.
    """
    if code is None and (lost := list(_lost_registries(registry, database))):
        yield from lost
        return
    templates = Templates(registry)
    doubted: set[str] = set()
    rules = [rule for rule in live_rules(registry.root) if code in (None, rule.code)]
    for rule in sorted(rules, key=lambda rule: rule.code != IMAGE):
        query = templates.render(registry.root / rule.path)
        for found, thing, detail in database.execute(query.encode()):
            if rule.code == IMAGE:
                doubted |= _said_by(registry, thing)
            elif doubted & {"", found, *_within(thing)}:
                continue
            yield Broken(found, thing, detail)


def _lost_registries(registry: Registry, database: psycopg.Connection) -> Iterator[Broken]:
    """The registries that are not live, by which no rule can be asked.

    A database without any of them was never built, which is no finding.
    """
    live: dict[str, set[str]] = {}
    for table, column in database.execute(COLUMNS):
        live.setdefault(table, set()).add(column)
    names = {name: None for seed in registry.seeds.paths for name in (image_of(seed), seed)}
    read = [registry.relations[name] for name in names if name in registry.relations]
    there = {relation.schema for relation in read if relation.full_name in live}
    for schema in sorted({relation.schema for relation in read} - there if there else ()):
        yield Broken("R1501", schema, "holds registries, none of which is live")
    for relation in read:
        columns = live.get(relation.full_name)
        if columns is None and relation.schema in there:
            yield Broken("R0702", relation.full_name, "is a registry, and not live")
        for column in relation.live_columns if columns else ():
            if column.name not in columns:
                thing = f"{relation.full_name}.{column.name}"
                yield Broken("R0704", thing, "is a column of a registry, and not live")


def _said_by(registry: Registry, row: str) -> set[str]:
    """What a row of the live registry, such as `qieos.tables core.tags`, speaks of: objects, or the
    rule that goes by it. An empty name is every object, where a whole registry differs."""
    name, _, key = row.partition(" ")
    if name in OF_RULES:
        return {OF_RULES[name]}
    if name == "qieos.fields":
        return {
            f"{relation.full_name}.{column.name}"
            for relation in registry.relations.values()
            for column in relation.live_columns
            if key in ("", column.field["field_key"])
        }
    return {key} if name in OF_OBJECTS else set()


def _within(thing: str) -> Iterator[str]:
    """`core.tags.color` → `core`, `core.tags`, `core.tags.color`."""
    parts = thing.split(".")
    for end in range(1, len(parts) + 1):
        yield ".".join(parts[:end])
