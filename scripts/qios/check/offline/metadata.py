"""§11, §13: the columns that every table has."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.specification import METADATA_COLUMNS, STAGING_COLUMNS
from qios.registry.model import CANONICAL, STAGING

SPECIFIED = {CANONICAL: ("R1301", METADATA_COLUMNS), STAGING: ("R1101", STAGING_COLUMNS)}


@rule("R1101", "R1301")
def specified_columns_are_implied(evidence: Evidence) -> Iterator[Broken]:
    implied = {
        (row["applies_to"], row["column_name"]): row
        for row in evidence.registry.seeds["qieos.implied_columns"]
        if not row["deprecated_at"]
    }
    path = evidence.registry.seeds.paths["qieos.seed_implied_columns"]
    for family, (code, names) in SPECIFIED.items():
        for name in names:
            if (family, name) not in implied:
                thing = f"qieos.implied_columns.{name}"
                yield Broken(code, thing, f"is not implied for {family} tables", path)
            elif implied[family, name]["field_key"] != name:
                row = implied[family, name]
                detail = f"is the field {row['field_key']} in {family} tables, not {name}"
                yield Broken(code, f"qieos.implied_columns.{name}", detail, row)


@rule("R1101", "R1301")
def specified_columns_keep_their_field(evidence: Evidence) -> Iterator[Broken]:
    """A table may say more of such a column (its statuses, say), but not make it another."""
    for relation in evidence.registry.relations.values():
        code, names = SPECIFIED.get(relation.family, ("", ()))
        for column in relation.live_columns:
            field = column.usage["field_key"]
            if column.name in names and field != column.name and not column.implied:
                thing = f"{relation.full_name}.{column.name}"
                detail = f"is the field {field}, not {column.name}"
                yield Broken(code, thing, detail, column.usage)


@rule("R1101")
def staging_omits_nothing(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        for name in relation.row.items("metadata_omitted"):
            if relation.schema == "staging" and name in STAGING_COLUMNS:
                thing = f"{relation.full_name}.{name}"
                yield Broken("R1101", thing, "a staging table cannot omit it", relation.row)


@rule("R1301")
def omissions_have_reasons(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        row, omitted = relation.row, relation.row.items("metadata_omitted")
        if omitted and not row["metadata_omitted_reason"]:
            yield Broken("R1301", relation.full_name, "omits metadata without a reason", row)
        for name in omitted:
            if relation.family == CANONICAL and name not in METADATA_COLUMNS:
                thing = f"{relation.full_name}.{name}"
                yield Broken("R1301", thing, "is omitted, but is no metadata column", row)
            elif relation.family == CANONICAL and name == "id":
                yield Broken("R1301", f"{relation.full_name}.id", "no table goes without it", row)
