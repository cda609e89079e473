"""The rules that the registry's own rows must keep, checked before anything is derived from them.

Rules about names, contracts and the live database are checked where they can be seen: by the macro
assert_governed() and by the data tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qios.change.deprecation import deprecated_in_use
from qios.concepts.similar import near_duplicates
from qios.registry.constraints import is_key, natural_key
from qios.registry.model import CANONICAL, STAGING, Registry, Relation
from qios.registry.promotions import broken_promotions
from qios.registry.seeds import SEED_PREFIX

Broken = Iterator[tuple[str, str, str]]  # rule code, object, what is wrong

# What sections 13 and 11 of the specification ask of every table.
SPECIFIED_COLUMNS = {
    ("R1301", CANONICAL): (
        *("id", "created_at", "updated_at", "created_by", "updated_by", "status"),
        *("source_system", "source_file_id", "import_batch_id", "sensitivity_level", "notes"),
    ),
    ("R1101", STAGING): (
        *("import_batch_id", "source_file_id", "row_number"),
        *("raw_payload", "review_status", "created_at"),
    ),
}
LEAST_LEVEL_OF_A_CATEGORY = "private"


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
    """Every finding in the registry's rows: those of all tables, then table by table."""
    cures = {row["rule_code"]: row["remedy"] for row in registry.seeds["qieos.rules"]}
    for check in (
        *(_specified_columns, _fields_typed, _fields_classified),
        *(near_duplicates, deprecated_in_use, broken_promotions),
    ):
        for code, thing, detail in check(registry):
            yield Finding(code, thing, detail, cures[code])
    for relation in registry.relations.values():
        for check in (_has_model, _seed_header, _keys_unique, _references_resolve, _classified):
            for code, thing, detail in check(registry, relation):
                yield Finding(code, thing, detail, cures[code])


def _specified_columns(registry: Registry) -> Broken:
    implied = {
        (row["applies_to"], row["column_name"])
        for row in registry.seeds["qieos.implied_columns"]
        if not row["deprecated_at"]
    }
    for (code, family), names in SPECIFIED_COLUMNS.items():
        for name in names:
            if (family, name) not in implied:
                yield code, f"qieos.implied_columns.{name}", f"is not implied for {family} tables"
    for relation in registry.relations.values():
        for name in SPECIFIED_COLUMNS["R1101", STAGING]:
            if relation.family == STAGING and name in relation.row.items("metadata_omitted"):
                yield "R1101", f"{relation.full_name}.{name}", "a staging table cannot omit it"


def _fields_typed(registry: Registry) -> Broken:
    """PostgreSQL spells `numeric(18,2)` in its own manner: no second build agrees with it."""
    types = registry.fields["data_type"].items("allowed_values")
    for key, field in registry.fields.items():
        if field["data_type"] not in types:
            detail = f"data_type is {field['data_type'] or 'missing'}; use {', '.join(types)}"
            yield "R0705", f"field {key}", f"{detail}, and a check for what that leaves open"


def _fields_classified(registry: Registry) -> Broken:
    ranks = _ranks(registry)
    categories = registry.fields["data_category"].items("allowed_values")
    for key, field in registry.fields.items():
        level, category = field["sensitivity_level"], field["data_category"]
        if level not in ranks:
            yield "R0901", f"field {key}", f"sensitivity_level is {level or 'missing'}"
        if category not in categories:
            yield "R0903", f"field {key}", f"data_category is {category or 'missing'}"
        elif category != "none" and ranks.get(level, 0) < ranks[LEAST_LEVEL_OF_A_CATEGORY]:
            detail = f"holds {category} data and is {level}, below {LEAST_LEVEL_OF_A_CATEGORY}"
            yield "R0903", f"field {key}", detail


def _has_model(registry: Registry, relation: Relation) -> Broken:
    if relation.kind == "seed":
        return
    if not list((registry.root / "models").rglob(f"{relation.dbt_name}.sql")):
        yield "R0702", relation.full_name, f"no model file is named {relation.dbt_name}.sql"


def _seed_header(registry: Registry, relation: Relation) -> Broken:
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


def _keys_unique(registry: Registry, relation: Relation) -> Broken:
    key = natural_key(relation)
    if relation.kind != "seed" or not set(key) <= set(registry.seeds.header(relation.full_name)):
        return
    rows = registry.seeds[f"{relation.schema}.{relation.name.removeprefix(SEED_PREFIX)}"]
    for values, number in Counter(tuple(row[name] for name in key) for row in rows).items():
        if number > 1:
            yield "R0707", relation.full_name, f"{', '.join(values)} stands {number} times"


def _references_resolve(registry: Registry, relation: Relation) -> Broken:
    for column in relation.live_columns:
        if column.references:
            target, _, name = column.references.rpartition(".")
            known = registry.relations.get(target)
            if known is None or name not in {c.name for c in known.live_columns}:
                thing = f"{relation.full_name}.{column.name}"
                yield "R0706", thing, f"references {column.references}, which is not registered"
            elif not is_key(known, name):
                thing = f"{relation.full_name}.{column.name}"
                yield "R0706", thing, f"references {column.references}, which is no key by itself"


def _classified(registry: Registry, relation: Relation) -> Broken:
    """A relation is at least as sensitive as its schema's default and its most sensitive column."""
    ranks = _ranks(registry)
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
        if ranks[level] < ranks.get(own, 0):
            thing = f"{relation.full_name}.{column.name}"
            yield "R0902", thing, f"is {own}, above its table's level {level}"


def _ranks(registry: Registry) -> dict[str, int]:
    levels = registry.seeds["qivault.sensitivity_levels"]
    return {row["level_key"]: int(row["rank"]) for row in levels}


def _waived(registry: Registry, rule_code: str, relation: Relation) -> bool:
    return any(
        row["rule_code"] == rule_code and row["object"] == relation.full_name
        for row in registry.seeds["qieos.rule_waivers"]
    )
