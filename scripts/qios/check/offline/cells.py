"""§7: a registry row is whole: what is required is said, in the type and words of its field."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qios.check.catalogue import FIRST, NEXT, Broken, Evidence, rule
from qios.registry.constraints import allowed_values, natural_key
from qios.registry.decisions import decisions
from qios.registry.model import Column, Relation
from qios.registry.seeds import SeedRow, image_of, seed_of

# Columns that a rule of their own speaks of.
ELSEWHERE = {
    *("sensitivity_level", "default_sensitivity", "data_category", "source_of_truth_policy"),
    *("data_type", "field_key", "owner", "purpose", "verb", "inverse", "owning_module"),
}
DECISIONS = "qieos.adr_records"
WAIVERS = "qieos.seed_rule_waivers"
READ = {
    "boolean": lambda text: {"true": True, "false": False}[text],
    "integer": int,
    "bigint": int,
    "date": date.fromisoformat,
    "timestamptz": datetime.fromisoformat,
    "iana_charset": codecs.lookup,
    "iana_time_zone": ZoneInfo,
}
"""A data type or a canonical format -> what reads a cell of it, or fails."""
# Cells that are regular expressions of Python.
PATTERNS = {
    (name, "pattern")
    for name in ("qieos.naming_standards", "qivault.redaction_rules", "qiaccess.entry_routes")
}


@rule("R0705")
def types_are_registered(evidence: Evidence) -> Iterator[Broken]:
    """PostgreSQL spells `numeric(18,2)` in its own manner: no second build agrees with it."""
    types = evidence.registry.fields["data_type"].items("allowed_values")
    for key, field in evidence.registry.fields.items():
        if field["data_type"] not in types:
            detail = f"data_type is {field['data_type'] or 'missing'}; use {', '.join(types)}"
            detail += ", and a check for what that leaves open"
            yield Broken("R0705", f"field {key}", detail, field)


@rule("R0710", step=FIRST)
def rows_are_whole(evidence: Evidence) -> Iterator[Broken]:
    for seed, image, key in _registries(evidence):
        header = evidence.registry.seeds.header(seed.full_name)
        columns = [c for c in image.live_columns if c.name in header and c.name not in ELSEWHERE]
        allowed = {c.name: allowed_values(evidence.registry, image, c) for c in columns}
        for row in evidence.registry.seeds[image.full_name]:
            for column in columns:
                wrong = _wrong(column, row[column.name], allowed[column.name])
                if (image.full_name, column.name) in PATTERNS and not wrong:
                    wrong = no_pattern(row[column.name])
                if wrong:
                    thing = f"{image.full_name} {'.'.join(row[name] for name in key)}"
                    yield Broken("R0710", thing, f"{column.name} {wrong}", row)


@rule("R0706", step=NEXT)
def rows_name_what_exists(evidence: Evidence) -> Iterator[Broken]:
    """A cell of a seed that is the key of another registry finds its row there."""
    seeds = evidence.registry.seeds
    for _, image, key in _registries(evidence):
        for column in image.live_columns:
            target, _, name = column.references.rpartition(".")
            if seed_of(target) not in seeds.paths or name == "id":
                continue
            # The decisions' seed is generated: the newest record may not stand in it yet.
            rows = decisions(evidence.root) if target == DECISIONS else seeds[target]
            known = {row[name] for row in rows}
            strange: dict[str, list[SeedRow]] = {}
            for row in seeds[image.full_name]:
                cell = row.cells.get(column.name, "")
                if cell and cell not in known:
                    strange.setdefault(cell, []).append(row)
            for cell, wrong in strange.items():
                # What many rows name is one thing that is gone, not many wrong rows.
                thing = f"{image.full_name} {'.'.join(wrong[0][part] for part in key)}"
                detail = f"{column.name} names {cell}, which is not registered"
                if len(wrong) > 1:
                    thing, detail = f"{target} {cell}", f"is not registered; {len(wrong)} rows of "
                    detail += f"{image.full_name} name it in {column.name}"
                yield Broken("R0706", thing, detail, wrong[0])


def _registries(evidence: Evidence) -> Iterator[tuple[Relation, Relation, list[str]]]:
    """(seed, the table that is its image, natural key) of the registries; waivers have R0101."""
    relations = evidence.registry.relations
    for seed in relations.values():
        image = relations.get(image_of(seed.full_name))
        there = seed.full_name in evidence.registry.seeds.paths
        if seed.kind == "seed" and image and there and seed.full_name != WAIVERS:
            key = natural_key(seed)
            if set(key) <= set(evidence.registry.seeds.header(seed.full_name)):
                yield seed, image, key


def no_pattern(cell: str) -> str:
    """What is wrong with a regular expression; empty where nothing is."""
    try:
        re.compile(cell)
    except re.error as error:
        return f"is no regular expression: {error}"
    return ""


def _wrong(column: Column, cell: str, allowed: tuple[str, ...]) -> str:
    """What is wrong with a cell; empty where nothing is."""
    if not cell.strip():
        needed = column.usage.flag("required") and not column.default
        return "is required, but empty" if needed else ""
    parts = cell.split("|") if column.data_type.endswith("[]") else [cell]
    if twice := [part for part in parts if parts.count(part) > 1]:
        return f"says {twice[0]} more than once"
    if allowed:
        strange = [part for part in parts if part.strip() not in allowed]
        return f"is {strange[0]}, none of {', '.join(allowed)}" if strange else ""
    return no_value(column, cell)


def no_value(column: Column, text: str) -> str:
    """Why a text is no value of the column; empty where it is one."""
    for kind in (column.data_type, column.field["canonical_format"]):
        try:
            READ.get(kind, str)(text)
        except (ValueError, LookupError):
            return f"is {text}, no {kind}"
    return ""
