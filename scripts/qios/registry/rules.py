"""The rules that the registry's own rows must keep, checked before anything is derived from them.

Rules about names, contracts and the live database are checked where they can be seen: by the macro
assert_governed() and by the data tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qios.registry.model import Registry, Relation


@dataclass(frozen=True)
class Finding:
    """A broken rule: its code, the object (`schema.table.column`), what is wrong, and the cure."""

    rule_code: str
    object: str
    detail: str
    cure: str

    def __str__(self) -> str:
        return f"{self.rule_code} {self.object}: {self.detail}\n    cure: {self.cure}"


def broken_rules(registry: Registry) -> Iterator[Finding]:
    """Every finding in the registry's rows, in the order of the tables."""
    cures = {row["rule_code"]: row["remedy"] for row in registry.seeds["qieos.rules"]}
    for relation in registry.relations.values():
        for check in (_has_model, _seed_header, _references_resolve, _classified):
            for code, thing, detail in check(registry, relation):
                yield Finding(code, thing, detail, cures[code])


def _has_model(registry: Registry, relation: Relation) -> Iterator[tuple[str, str, str]]:
    if relation.kind == "seed":
        return
    if not list((registry.root / "models").rglob(f"{relation.dbt_name}.sql")):
        yield "R0702", relation.full_name, f"no model file is named {relation.dbt_name}.sql"


def _seed_header(registry: Registry, relation: Relation) -> Iterator[tuple[str, str, str]]:
    if relation.kind != "seed":
        return
    header = registry.seeds.header(relation.full_name)
    registered = [column.name for column in relation.columns]
    for name in header:
        if name not in registered:
            yield "R0703", f"{relation.full_name}.{name}", "the seed's heading is not registered"
    for name in registered:
        if name not in header:
            yield "R0704", f"{relation.full_name}.{name}", "the seed has no such heading"


def _references_resolve(registry: Registry, relation: Relation) -> Iterator[tuple[str, str, str]]:
    for column in relation.live_columns:
        if column.references:
            target, _, name = column.references.rpartition(".")
            known = registry.relations.get(target)
            if known is None or name not in {c.name for c in known.live_columns}:
                thing = f"{relation.full_name}.{column.name}"
                yield "R0706", thing, f"references {column.references}, which is not registered"


def _classified(registry: Registry, relation: Relation) -> Iterator[tuple[str, str, str]]:
    """A relation is at least as sensitive as its schema's default and its most sensitive column."""
    ranks = {
        row["level_key"]: int(row["rank"]) for row in registry.seeds["qivault.sensitivity_levels"]
    }
    level = relation.row["sensitivity_level"]
    if level not in ranks:
        return  # assert_governed() says so, in R0901
    for schema in registry.seeds["qieos.schemas"]:
        if schema["schema_name"] == relation.schema and not _waived(registry, "R0902", relation):
            default = schema["default_sensitivity"]
            if ranks[level] < ranks[default]:
                detail = f"is {level}, below its schema's default {default}"
                yield "R0902", relation.full_name, detail
    for column in relation.live_columns:
        own = column.field["sensitivity_level"]
        if ranks[level] < ranks[own]:
            thing = f"{relation.full_name}.{column.name}"
            yield "R0902", thing, f"is {own}, above its table's level {level}"


def _waived(registry: Registry, rule_code: str, relation: Relation) -> bool:
    return any(
        row["rule_code"] == rule_code and row["object"] == relation.full_name
        for row in registry.seeds["qieos.rule_waivers"]
    )
