"""§9: everything is classified, and nothing lower than what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qios.check.catalogue import FIRST, NEXT, Broken, Evidence, rule
from qios.check.specification import FIRST_SCHEMAS, LEVELS
from qios.registry.seeds import SeedRow

LEAST_OF_A_CATEGORY = "private"
CATEGORISED = "categorised"


@rule("R0901", step=FIRST)
def levels_are_the_specification_s(evidence: Evidence) -> Iterator[Broken]:
    rows = evidence.registry.seeds["qivault.sensitivity_levels"]
    said = {row["level_key"]: row for row in rows if not row["deprecated_at"]}
    ranked = [row["rank"] for row in (said.get(level) for level in LEVELS) if row]
    for level in LEVELS:
        if level not in said:
            path = evidence.registry.seeds.paths["qivault.seed_sensitivity_levels"]
            yield Broken("R0901", f"level {level}", "the specification's level is missing", path)
    for level, before, rank in zip(LEVELS[1:], ranked, ranked[1:], strict=False):
        if before.isdigit() and rank.isdigit() and int(before) >= int(rank):
            detail = f"its rank {rank} is not above {before}, that of the level before it"
            yield Broken("R0901", f"level {level}", detail, said.get(level))
            return


@rule("R0901")
def levels_are_declared(evidence: Evidence) -> Iterator[Broken]:
    for key, field in evidence.registry.fields.items():
        level = field["sensitivity_level"]
        if level not in evidence.ranks and not field["deprecated_at"]:
            detail = f"sensitivity_level is {level or 'missing'}"
            yield Broken("R0901", f"field {key}", detail, field)
    for relation in evidence.registry.relations.values():
        level = relation.row["sensitivity_level"]
        if level not in evidence.ranks:
            detail = f"sensitivity_level is {level or 'missing'}"
            yield Broken("R0901", relation.full_name, detail, relation.row)


@rule("R0902")
def tables_are_not_below_their_schema(evidence: Evidence) -> Iterator[Broken]:
    ranks = evidence.ranks
    for name, least in FIRST_SCHEMAS.items():
        row = evidence.schemas.get(name)
        if row and ranks.get(row["default_sensitivity"], -1) < ranks.get(least, 0):
            default = row["default_sensitivity"] or "missing"
            detail = f"its default is {default}, below the specification's {least}"
            yield Broken("R0902", name, detail, row)
    for relation in evidence.registry.relations.values():
        schema = evidence.schemas.get(relation.schema)
        rank = ranks.get(relation.row["sensitivity_level"])
        # A table of a schema that is not approved is the finding of R0201 or R0502.
        judged = relation.schema in evidence.approved and rank is not None
        if judged and rank < ranks.get(schema["default_sensitivity"], 0):
            detail = f"is {relation.row['sensitivity_level']}, below its schema's default "
            detail += schema["default_sensitivity"]
            yield Broken("R0902", relation.full_name, detail, relation.row)


@rule("R0902", step=NEXT)
def tables_are_as_sensitive_as_their_columns(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        level = relation.row["sensitivity_level"]
        for column in relation.live_columns:
            own = column.field["sensitivity_level"]
            if level in evidence.ranks and evidence.ranks[level] < evidence.ranks.get(own, 0):
                thing = f"{relation.full_name}.{column.name}"
                detail = f"is {own}, above its table's level {level}"
                yield Broken("R0902", thing, detail, column.usage)


@rule("R0903")
def categories_are_declared(evidence: Evidence) -> Iterator[Broken]:
    categories = evidence.registry.fields["data_category"].items("allowed_values")
    least = evidence.ranks.get(LEAST_OF_A_CATEGORY, 0)
    for key, field in evidence.registry.fields.items():
        level, category = field["sensitivity_level"], field["data_category"]
        if category not in categories:
            detail = f"data_category is {category or 'missing'}"
            yield Broken("R0903", f"field {key}", detail, field)
        elif category != "none" and evidence.ranks.get(level, least) < least:
            detail = f"holds {category} data and is {level}, below {LEAST_OF_A_CATEGORY}"
            yield Broken("R0903", f"field {key}", detail, field)


@rule("R0905", step=NEXT)
def telling_names_have_a_category(evidence: Evidence) -> Iterator[Broken]:
    """A name with a word of the protected kinds belongs to a field that says which kind."""
    standards = [
        (re.compile(row["pattern"]), row["description"])
        for row in evidence.registry.seeds["qieos.naming_standards"]
        if row["effect"] == CATEGORISED and not row["deprecated_at"]
    ]
    for key, field in evidence.registry.fields.items():
        if not field["deprecated_at"]:
            yield from _telling(standards, key, f"field {key}", field, field)
    for relation in evidence.registry.relations.values():
        for column in relation.live_columns:
            if column.name != column.field["field_key"]:
                thing = f"{relation.full_name}.{column.name}"
                yield from _telling(standards, column.name, thing, column.field, column.usage)


def _telling(
    standards: list[tuple[re.Pattern[str], str]], name: str, thing: str, field: SeedRow, at: SeedRow
) -> Iterator[Broken]:
    if field["data_category"] == "none":
        for pattern, said in standards:
            if pattern.search(name):
                yield Broken("R0905", thing, f"{said} Its category is none.", at)
                return
