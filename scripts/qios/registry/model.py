"""The registry as objects: every relation with all its columns, implied ones included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qios.errors import Findings
from qios.registry.seeds import SeedRow, Seeds

# Which implied columns a relation gets. Views and seeds have only what they list.
STAGING = "staging"
CANONICAL = "canonical"


@dataclass(frozen=True)
class Column:
    """One column of one relation; `usage` is the seed line that says so (an implied one's too)."""

    usage: SeedRow
    field: SeedRow
    implied: bool
    default: str
    written_by: str

    @property
    def name(self) -> str:
        return self.usage["column_name"]

    @property
    def data_type(self) -> str:
        return self.field["data_type"]

    @property
    def primary_key(self) -> bool:
        return self.implied and self.usage.flag("primary_key")

    @property
    def retired(self) -> bool:
        return bool(self.usage["deprecated_at"])

    @property
    def references(self) -> str:
        """`schema.table.column` that a foreign key points to, or an empty string."""
        target = self.usage["references"]
        return target if not target or target.count(".") == 2 else f"{target}.id"


@dataclass(frozen=True)
class Relation:
    """A table, view or seed of the registry."""

    row: SeedRow
    columns: tuple[Column, ...]

    @property
    def schema(self) -> str:
        return self.row["schema_name"]

    @property
    def name(self) -> str:
        return self.row["table_name"]

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def dbt_name(self) -> str:
        return f"{self.schema}__{self.name}"

    @property
    def kind(self) -> str:
        return self.row["relation_type"]

    @property
    def family(self) -> str | None:
        """Which implied columns apply: `canonical`, `staging` or none."""
        if self.kind != "table":
            return None
        return STAGING if self.row["source_of_truth_policy"] == "staging" else CANONICAL

    @property
    def live_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.retired)


class Registry:
    """Everything the seeds of one project folder define, or `seeds` of another time."""

    def __init__(self, root: Path, seeds: Seeds | None = None) -> None:
        self.root = root
        self.seeds = seeds or Seeds(root)

    @cached_property
    def fields(self) -> dict[str, SeedRow]:
        return {row["field_key"]: row for row in self.seeds["qieos.fields"]}

    @cached_property
    def statuses(self) -> dict[str, list[str]]:
        """Status group → its keys, in their order."""
        groups: dict[str, list[SeedRow]] = {}
        for row in self.seeds["qieos.statuses"]:
            groups.setdefault(row["status_group"], []).append(row)
        return {
            group: [row["status_key"] for row in sorted(rows, key=lambda r: int(r["position"]))]
            for group, rows in groups.items()
        }

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """Full name → relation, in the order of the tables seed."""
        own: dict[tuple[str, str], list[SeedRow]] = {}
        for usage in self.seeds["qieos.field_usages"]:
            own.setdefault((usage["schema_name"], usage["table_name"]), []).append(usage)
        relations = {}
        for row in self.seeds["qieos.tables"]:
            if row["deprecated_at"]:
                continue
            key = (row["schema_name"], row["table_name"])
            relation = Relation(row, ())
            columns = tuple(self._columns(relation, own.pop(key, [])))
            relations[relation.full_name] = Relation(row, columns)
        for (schema, table), usages in own.items():
            raise Findings(
                f"R0706 {schema}.{table}: {usages[0].path.name} line {usages[0].line} gives it "
                "columns, but it is not registered",
                cure="add the table to seeds/qieos/qieos__seed_tables.csv, or remove its usages",
            )
        return relations

    def _columns(self, relation: Relation, usages: list[SeedRow]) -> Iterable[Column]:
        """Implied columns stand around the table's own: `id` first, the other metadata last."""
        named = {usage["column_name"] for usage in usages}
        blank = dict.fromkeys(self.seeds.header("qieos.seed_field_usages"), "")
        implied = [
            SeedRow(row.path, row.line, blank | row.cells)
            for row in self.seeds["qieos.implied_columns"]
            if row["applies_to"] == relation.family
            and row["column_name"] not in named
            and row["column_name"] not in relation.row.items("metadata_omitted")
        ]
        implied.sort(key=lambda row: int(row["position"]))
        for row in implied:
            if int(row["position"]) < 0:
                yield self._column(relation, row, implied=True)
        for row in usages:
            yield self._column(relation, row, implied=False)
        for row in implied:
            if int(row["position"]) >= 0:
                yield self._column(relation, row, implied=True)

    def _column(self, relation: Relation, usage: SeedRow, *, implied: bool) -> Column:
        field = self.fields.get(usage["field_key"])
        if field is None:
            raise Findings(
                f"R0706 {relation.full_name}.{usage['column_name']}: {usage.path.name} line "
                f"{usage.line} names the field {usage['field_key']!r}, which is not registered",
                cure="add it to seeds/qieos/qieos__seed_fields.csv, or use a registered field",
            )
        level = relation.row["sensitivity_level"]
        default = usage["default_value"].replace("{sensitivity_level}", level)
        written_by = usage["written_by"] or relation.row["written_by"]
        return Column(usage, field, implied, default, written_by)
