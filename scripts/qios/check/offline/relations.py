"""§7: the registries are complete and name each other rightly, and every model is registered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qios.check.catalogue import FIRST, NEXT, Broken, Evidence, rule
from qios.check.finding import CODE
from qios.check.offline.schemas import stands
from qios.check.specification import PROMISED
from qios.registry.constraints import is_key, natural_key
from qios.registry.model import Relation
from qios.registry.seeds import image_of

CONFIG = re.compile(r"\bconfig\(([^)]*)\)", re.DOTALL)
SETTING = re.compile(r"(\w+)['\"]?\s*[=:]")
HARMLESS = {"tags", "docs"}


@rule("R0701", "R0302", side=CODE)
def models_are_registered(evidence: Evidence) -> Iterator[Broken]:
    # A retired table is known, though not to be built: that is the finding of R0720.
    known = {
        f"{row['schema_name']}.{row['table_name']}"
        for row in evidence.registry.seeds["qieos.tables"]
    }
    for model in evidence.models:
        schema, parted, table = model.name.partition("__")
        if model.folder not in ("canonical", "staging"):
            continue
        own_folder = model.folder == "staging" or model.path.parts[2] == schema
        thing = f"{schema}.{table}"
        if parted and not stands(evidence, schema):
            continue
        if not parted or not own_folder or (schema == "staging") != (model.folder == "staging"):
            detail = "the file is not named <schema>__<table>.sql after its folder's schema"
            yield Broken("R0302", model.path.as_posix(), detail, model.path)
        elif thing not in known and thing not in PROMISED:
            yield Broken("R0701", thing, "the model is not registered", model.path)
        elif settings := _settings(model.code):
            detail = f"its model's config() sets {', '.join(settings)}; that follows from its row"
            yield Broken("R0701", thing, detail, model.path)


def _settings(code: str) -> list[str]:
    """What a model's own config() sets of where and how its relation is kept."""
    named = {name for inside in CONFIG.findall(code) for name in SETTING.findall(inside)}
    return sorted(named - HARMLESS)


@rule("R0701", side=CODE)
def models_are_selects(evidence: Evidence) -> Iterator[Broken]:
    for path in sorted((evidence.root / "models").rglob("*.py")):
        yield Broken("R0701", path.stem.replace("__", ".", 1), "its model is no select", path)


@rule("R0702")
def relations_have_models(evidence: Evidence) -> Iterator[Broken]:
    names = {model.name for model in evidence.models}
    for relation in evidence.registry.relations.values():
        if relation.kind == "seed":
            if relation.full_name not in evidence.registry.seeds.paths:
                yield Broken("R0702", relation.full_name, "its CSV file is gone", relation.row)
        elif relation.dbt_name not in names and stands(evidence, relation.schema):
            detail = f"no model file is named {relation.dbt_name}.sql"
            yield Broken("R0702", relation.full_name, detail, relation.row)


@rule("R0703", step=FIRST)
def headings_are_registered(evidence: Evidence) -> Iterator[Broken]:
    for relation, header in _seeds(evidence):
        registered = {column.name for column in relation.columns}
        for name in header:
            if name not in registered:
                thing = f"{relation.full_name}.{name}"
                path = evidence.registry.seeds.paths[relation.full_name]
                yield Broken("R0703", thing, "the seed's heading is not registered", path)


@rule("R0704", step=FIRST)
def registered_headings_are_there(evidence: Evidence) -> Iterator[Broken]:
    for relation, header in _seeds(evidence):
        for column in relation.columns:
            if column.name not in header:
                thing = f"{relation.full_name}.{column.name}"
                yield Broken("R0704", thing, "the seed has no such heading", column.usage)


@rule("R0706")
def usages_name_what_exists(evidence: Evidence) -> Iterator[Broken]:
    for thing, detail, row in evidence.registry.unresolved:
        if thing not in PROMISED:
            yield Broken("R0706", thing, detail, row)
    groups = evidence.registry.statuses
    for relation in evidence.registry.relations.values():
        for column in relation.live_columns:
            thing, group = f"{relation.full_name}.{column.name}", column.usage["status_group"]
            if group and group not in groups:
                detail = f"names the status group {group}, which has no statuses"
                yield Broken("R0706", thing, detail, column.usage)


@rule("R0706", step=NEXT)
def references_are_keys(evidence: Evidence) -> Iterator[Broken]:
    relations = evidence.registry.relations
    for relation in relations.values():
        for column in relation.live_columns:
            target, _, name = column.references.rpartition(".")
            if not target or target in PROMISED - relations.keys():
                continue
            known = relations.get(target)
            thing = f"{relation.full_name}.{column.name}"
            if known is None or name not in {c.name for c in known.live_columns}:
                detail = f"references {column.references}, which is not registered"
                yield Broken("R0706", thing, detail, column.usage)
            elif _type_of(known, name) != column.data_type:
                detail = f"is {column.data_type}, and references {column.references}, "
                yield Broken("R0706", thing, detail + _type_of(known, name), column.usage)
            elif not is_key(known, name):
                detail = f"references {column.references}, which is no key by itself"
                yield Broken("R0706", thing, detail, column.usage)


@rule("R0707", step=FIRST)
def keys_are_unique(evidence: Evidence) -> Iterator[Broken]:
    for relation, header in _seeds(evidence):
        key = natural_key(relation)
        if not set(key) <= set(header):
            continue
        rows = evidence.registry.seeds[image_of(relation.full_name)]
        counted = Counter(tuple(row[name] for name in key) for row in rows)
        for row in rows:
            number = counted.pop(tuple(row[name] for name in key), 1)
            if number > 1:
                said = ", ".join(row[name] for name in key)
                yield Broken("R0707", relation.full_name, f"{said} stands {number} times", row)


def _type_of(relation: Relation, name: str) -> str:
    return next(column.data_type for column in relation.live_columns if column.name == name)


def _seeds(evidence: Evidence) -> Iterator[tuple[Relation, list[str]]]:
    """The registered seeds that have a file, each with its headings."""
    for relation in evidence.registry.relations.values():
        if relation.kind == "seed" and relation.full_name in evidence.registry.seeds.paths:
            yield relation, evidence.registry.seeds.header(relation.full_name)
