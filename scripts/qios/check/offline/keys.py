"""§7: the keys inside lists and groups, which no foreign key can hold to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qios.check.catalogue import NEXT, Broken, Evidence, rule
from qios.intake.readers import READERS
from qios.registry.seeds import SeedRow

# Registry, column, and the registry and column where the key must stand.
KEYS = (
    ("qieos.field_dependencies", "field_key", "qieos.fields", "field_key"),
    ("qieos.field_dependencies", "depends_on", "qieos.fields", "field_key"),
    ("qieos.field_distinctions", "field_key", "qieos.fields", "field_key"),
    ("qieos.field_distinctions", "distinct_from", "qieos.fields", "field_key"),
    ("qieos.implied_columns", "field_key", "qieos.fields", "field_key"),
    ("qinexus.source_columns", "source_key", "qinexus.sources", "source_key"),
    ("qinexus.source_expectations", "source_key", "qinexus.sources", "source_key"),
)

LITERAL = re.compile(r"'(?:[^']|'')*'|::\s*\w+")
NAMES = re.compile(r"(?<![\w.])[a-z_]\w*(?!\w*\s*\()")
SQL_WORDS = {
    *("and", "or", "not", "is", "null", "true", "false", "in", "between", "like", "distinct"),
    *("from", "any", "all", "array", "case", "when", "then", "else", "end", "interval"),
}


@rule("R0706", step=NEXT)
def keys_find_their_rows(evidence: Evidence) -> Iterator[Broken]:
    """The keys that a model turns into ids, so that no column of a table has them."""
    seeds = evidence.registry.seeds
    for registry, column, target, key in KEYS:
        known = {row[key] for row in seeds[target]}
        for row in seeds[registry]:
            if column in row.cells and row[column] not in known:
                yield _unknown(f"{registry} line {row.line}", column, row[column] or "nothing", row)


@rule("R0706", step=NEXT)
def statuses_lead_to_statuses(evidence: Evidence) -> Iterator[Broken]:
    for row in evidence.registry.seeds["qieos.statuses"]:
        known = evidence.registry.statuses[row["status_group"]]
        for name in row.items("allowed_next"):
            if name not in known and not row["deprecated_at"]:
                thing = f"qieos.statuses {row['status_group']}.{row['status_key']}"
                yield _unknown(thing, "allowed_next", name, row)


@rule("R0706", step=NEXT)
def rows_about_columns_find_them(evidence: Evidence) -> Iterator[Broken]:
    relations = evidence.registry.relations
    for row in evidence.registry.seeds["qieos.survivorship_rules"]:
        relation = relations.get(f"{row['schema_name']}.{row['table_name']}")
        names = {column.name for column in relation.live_columns} if relation else set()
        if row["column_name"] not in names and not row["deprecated_at"]:
            thing = f"{row['schema_name']}.{row['table_name']}.{row['column_name']}"
            yield _unknown(f"qieos.survivorship_rules {thing}", "its key", thing, row)


@rule("R0706", step=NEXT)
def replacements_find_both(evidence: Evidence) -> Iterator[Broken]:
    seeds = evidence.registry.seeds
    tables = {f"{row['schema_name']}.{row['table_name']}" for row in seeds["qieos.tables"]}
    known = {"qieos.fields": evidence.registry.fields.keys(), "qieos.tables": tables}
    for row in seeds["qieos.replacements"]:
        for name in ("object", "replaced_by"):
            there = known.get(row["registry_name"])
            if there is not None and row[name] and row[name] not in there:
                yield _unknown(f"qieos.replacements {row['object']}", name, row[name], row)


NAMING_COLUMNS = (
    *("natural_key", "header_markers", "numbered_within"),
    *("whole_column", "gone_column"),
)
"""Columns of qinexus.sources that name columns of the source."""


@rule("R0706", step=NEXT)
def sources_name_their_parts(evidence: Evidence) -> Iterator[Broken]:
    seeds = evidence.registry.seeds
    columns: dict[str, set[str]] = {}
    for row in seeds["qinexus.source_columns"]:
        columns.setdefault(row["source_key"], set()).add(row["column_name"])
    for row in seeds["qinexus.sources"]:
        thing, known = f"qinexus.sources {row['source_key']}", columns.get(row["source_key"], set())
        if not _in_staging(evidence, row["staging_table"]):
            yield _unknown(thing, "staging_table", row["staging_table"] or "nothing", row)
        if row["reader"] and row["reader"] not in READERS:
            yield _unknown(thing, "reader", row["reader"], row)
        for name in NAMING_COLUMNS:
            # Columns joined by / are alternatives.
            for column in "/".join(row.items(name)).split("/"):
                if column and column not in known:
                    yield _unknown(thing, name, column, row)
    for row in seeds["qinexus.source_expectations"]:
        if row["relation"] and not _in_staging(evidence, row["relation"]):
            thing = f"qinexus.source_expectations {row['expectation_key']}"
            yield _unknown(thing, "relation", row["relation"], row)


@rule("R0706", step=NEXT)
def routes_lead_to_columns(evidence: Evidence) -> Iterator[Broken]:
    for row in evidence.registry.seeds["qiaccess.entry_routes"]:
        thing, table = f"qiaccess.entry_routes {row['route_key']}", row["target_table"]
        relation = evidence.registry.relations.get(f"{row['target_schema']}.{table}")
        if row["deprecated_at"] or not table:
            continue
        if relation is None:
            yield _unknown(thing, "target_table", f"{row['target_schema']}.{table}", row)
            continue
        names = {column.name for column in relation.live_columns}
        for value in row.items("route_values"):
            column = value.partition("=")[0]
            if column not in names:
                yield _unknown(thing, "route_values", f"{relation.full_name}.{column}", row)


@rule("R0706", step=NEXT)
def schemas_name_schemas(evidence: Evidence) -> Iterator[Broken]:
    for row in evidence.schemas.values():
        for name in row.items("may_reference"):
            if name not in evidence.schemas:
                yield _unknown(f"qieos.schemas {row['schema_name']}", "may_reference", name, row)
    for row in evidence.registry.seeds["qieos.naming_standards"]:
        for name in row.items("schema_names"):
            if name not in evidence.schemas:
                thing = f"qieos.naming_standards {row['standard_key']}"
                yield _unknown(thing, "schema_names", name, row)


@rule("R0706", step=NEXT)
def checks_name_columns(evidence: Evidence) -> Iterator[Broken]:
    """A check of a table is about its columns: `order: left_entity_id < right_entity_id`."""
    for relation in evidence.registry.relations.values():
        names = {column.name for column in relation.live_columns}
        for check in relation.row.items("checks"):
            _, _, expression = check.partition(": ")
            words = set(NAMES.findall(LITERAL.sub(" ", expression.lower()))) - SQL_WORDS
            for word in sorted(words - names):
                yield _unknown(relation.full_name, f"its check {check!r}", word, relation.row)


def _in_staging(evidence: Evidence, table: str) -> bool:
    return f"staging.{table}" in evidence.registry.relations


def _unknown(thing: str, column: str, name: str, row: SeedRow) -> Broken:
    return Broken("R0706", thing, f"{column} names {name}, which is not registered", row)
