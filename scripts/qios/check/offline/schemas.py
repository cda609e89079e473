"""§2, §5, §15, §16: which schemas and tables there may be, and which there must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from qios.check.catalogue import PROJECT, Broken, Evidence, rule
from qios.check.finding import CODE
from qios.check.specification import BUILD_ORDER, FIRST_SCHEMAS
from qios.paths import text_of
from qios.registry.seeds import SeedRow
from qios.schemas.tally import too_few

CREATED = re.compile(
    r"\bcreate\s+(?:(?:or\s+replace|unlogged|materialized|foreign)\s+)*(schema|table|view)\s+"
    r'(?:if\s+not\s+exists\s+)?"?([a-z]\w*)"?(\."?([a-z]\w*)"?)?(?=[\s;\'"(])',
    re.IGNORECASE,
)
MODEL_FOLDERS = ("canonical", "staging", "promotion")


@rule("R0201", "R0502")
def tables_stand_in_approved_schemas(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        if not stands(evidence, relation.schema):
            yield _unapproved(evidence, relation.schema, relation.full_name, relation.row)


@rule("R0201", "R0502", side=CODE)
def models_stand_in_approved_schemas(evidence: Evidence) -> Iterator[Broken]:
    """By the names of the models' files, and by what dbt_project.yml says of their folders."""
    found = {}
    # Whose table is registered there is told of once, by its row.
    told = {relation.schema for relation in evidence.registry.relations.values()}
    for path in sorted((evidence.root / "snapshots").rglob("*.sql")):
        yield Broken("R0201", "snapshots", "is a folder that names no schema", path)
    for model in evidence.models:
        schema, parted, _ = model.name.partition("__")
        if model.folder not in MODEL_FOLDERS:
            yield Broken("R0201", model.path.parent.as_posix(), "names no schema", model.path)
        elif model.folder != "promotion" and parted and not stands(evidence, schema):
            found.setdefault(schema, model.path)
    for line, schema in _configured(evidence):
        if not stands(evidence, schema):
            found.setdefault(schema, (evidence.root / PROJECT, line))
    for schema, at in found.items():
        if schema not in told:
            yield _unapproved(evidence, schema, schema, at)


@rule("R0201", "R0502", "R0701", side=CODE)
def nothing_is_created_in_passing(evidence: Evidence) -> Iterator[Broken]:
    """What a macro, a model or a hook creates by name is what the registry knows."""
    texts = dict(evidence.macros.files) | {model.path: model.code for model in evidence.models}
    texts[Path(PROJECT)] = text_of(evidence.root / PROJECT)
    for path, text in texts.items():
        for what, schema, _, table in CREATED.findall(text):
            name = f"{schema}.{table}"
            if not stands(evidence, schema):
                yield _unapproved(evidence, schema, schema, path)
            elif what.lower() != "schema" and name not in evidence.registry.relations:
                yield Broken("R0701", name, "is created in passing, and not registered", path)


@rule("R0501")
def creation_test(evidence: Evidence) -> Iterator[Broken]:
    """A schema needs three of the eight criteria."""
    for name in sorted(evidence.approved):
        row = evidence.schemas[name]
        if wrong := too_few(row):
            yield Broken("R0501", name, f"is active with {wrong}", row)


@rule("R1501")
def first_schemas(evidence: Evidence) -> Iterator[Broken]:
    for name in FIRST_SCHEMAS:
        if name not in evidence.approved:
            detail = "belongs to the first approved set, but is not active"
            yield Broken("R1501", name, detail, evidence.schemas.get(name))


@rule("R1601")
def build_order(evidence: Evidence) -> Iterator[Broken]:
    for phase, names in BUILD_ORDER.items():
        for name in names:
            lost_schema = name.partition(".")[0] not in evidence.approved
            if name not in evidence.registry.relations and not lost_schema:
                yield Broken("R1601", name, f"belongs to phase {phase}, but is not registered")


def stands(evidence: Evidence, schema: str) -> bool:
    """Whether a schema is approved; one of the first set that is not is the finding of R1501."""
    return schema in evidence.approved or schema in FIRST_SCHEMAS


def _unapproved(evidence: Evidence, schema: str, thing: str, at: SeedRow | object) -> Broken:
    known = evidence.schemas.get(schema)
    if known and known["status"] == "proposed":
        return Broken("R0502", thing, f"the schema {schema} is only proposed", at)
    return Broken("R0201", thing, f"the schema {schema} is not approved", at)


def _configured(evidence: Evidence) -> Iterator[tuple[int, str]]:
    """(line, schema) of each `+schema` of dbt_project.yml."""
    _ = evidence.project  # an unreadable one is told in words
    text = text_of(evidence.root / PROJECT)
    for token in _pairs(yaml.compose(text, yaml.CSafeLoader)):
        key, value = token
        if key.value in ("+schema", "schema") and isinstance(value, yaml.ScalarNode):
            yield value.start_mark.line + 1, value.value


def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, value
            yield from _pairs(value)
