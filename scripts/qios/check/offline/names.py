"""§3, §4, §6, §14: names keep the standards of qieos.naming_standards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qios.check.catalogue import Broken, Evidence, rule
from qios.registry.model import Relation
from qios.registry.seeds import SeedRow

FORBIDDEN = "forbidden"
REQUIRED = "required"
SPELLING = ("R0304", "R0305")
"""How a column is spelled, whatever it says: what holds for the field that it is of, too."""


@dataclass(frozen=True)
class Standard:
    row: SeedRow
    pattern: re.Pattern[str]

    @property
    def schemas(self) -> tuple[str, ...]:
        """The schemas it is for; empty stands for all."""
        return self.row.items("schema_names")

    def broken_by(self, name: str) -> bool:
        return bool(self.pattern.search(name)) == (self.row["effect"] == FORBIDDEN)


@rule(
    *("R0301", "R0302", "R0303", "R0304", "R0305", "R0401", "R0402", "R0403", "R0405", "R0406"),
    *("R0408", "R0409", "R0601", "R1401", "R1402", "R1403", "R1405"),
)
def names_keep_the_standards(evidence: Evidence) -> Iterator[Broken]:
    standards = _standards(evidence)
    for name in sorted(evidence.approved):
        yield from _first(standards, {"schema"}, name, name, name, evidence.schemas[name])
    for row in evidence.registry.seeds["qieos.modules"]:
        if not row["deprecated_at"]:
            yield from _first(standards, {"module"}, row["module_key"], "", row["module_key"], row)
    for relation in evidence.registry.relations.values():
        if relation.kind != "seed":
            yield from _of_relation(standards, relation)
    yield from _of_fields(standards, evidence)


def _standards(evidence: Evidence) -> list[Standard]:
    """Those that forbid come first, and what holds everywhere before what holds in one schema:
    a forbidden name says more than a missing form."""
    rows = [r for r in evidence.registry.seeds["qieos.naming_standards"] if not r["deprecated_at"]]
    rows.sort(key=lambda row: (row["effect"] != FORBIDDEN, bool(row["schema_names"])))
    known = [row for row in rows if row["effect"] in (FORBIDDEN, REQUIRED)]
    return [Standard(row, re.compile(row["pattern"])) for row in known]


def _of_relation(standards: list[Standard], relation: Relation) -> Iterator[Broken]:
    scopes = {"table"}
    if relation.kind == "table":
        scopes.add("staging_table" if relation.schema == "staging" else "canonical_table")
    yield from _first(
        standards, scopes, relation.name, relation.schema, relation.full_name, relation.row
    )
    for column in relation.live_columns:
        thing = f"{relation.full_name}.{column.name}"
        yield from _first(standards, {"column"}, column.name, relation.schema, thing, column.usage)


def _of_fields(standards: list[Standard], evidence: Evidence) -> Iterator[Broken]:
    """A field is spelled as a column is; where one has its name, that is the place to mend it."""
    columns = {c.name for r in evidence.registry.relations.values() for c in r.live_columns}
    spelling = [standard for standard in standards if standard.row["rule_code"] in SPELLING]
    for key, row in evidence.registry.fields.items():
        if key not in columns and not row["deprecated_at"]:
            yield from _first(spelling, {"column"}, key, "", f"qieos.fields {key}", row)


def _first(
    standards: list[Standard], scopes: set[str], name: str, schema: str, thing: str, at: SeedRow
) -> Iterator[Broken]:
    """The first standard that a name breaks."""
    for standard in standards:
        row = standard.row
        if row["applies_to"] not in scopes or (standard.schemas and schema not in standard.schemas):
            continue
        if standard.broken_by(name):
            yield Broken(row["rule_code"], thing, f"{row['description']} Not {name}.", at)
            return
