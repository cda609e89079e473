"""The registry as objects: every relation with all its columns, implied ones included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qios.registry.seeds import SeedRow, Seeds

# Which implied columns a relation gets. Views and seeds have only what they list.
STAGING = "staging"
CANONICAL = "canonical"

Unresolved = tuple[str, str, SeedRow]  # object, what is wrong, the row that says it


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


def _position(row: SeedRow) -> int:
    """One that is no number is a finding of R0710, not a crash on the way there."""
    return int(row["position"]) if row["position"].isdigit() else 0


class Registry:
    """Everything the seeds of one project folder define, or `seeds` of another time."""

    def __init__(self, root: Path, seeds: Seeds | None = None) -> None:
        self.root = root
        self.seeds = seeds or Seeds(root)
        self._unresolved: list[Unresolved] = []

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
            group: [row["status_key"] for row in sorted(rows, key=_position)]
            for group, rows in groups.items()
        }

    @property
    def unresolved(self) -> list[Unresolved]:
        """The usages that name a table or field which is not registered; relations lack them."""
        _ = self.relations
        return self._unresolved

    @cached_property
    def schema_names(self) -> set[str]:
        return {row["schema_name"] for row in self.seeds["qieos.schemas"]}

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
            detail = "has columns, but is not registered in qieos.tables"
            self._unresolved.append((f"{schema}.{table}", detail, usages[0]))
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
        first = [row for row in implied if int(row["position"]) < 0]
        for row in [*first, *usages, *implied[len(first) :]]:
            if row["field_key"] in self.fields:
                yield self._column(relation, row, implied=row in implied)
            else:
                thing = f"{relation.full_name}.{row['column_name']}"
                detail = f"names the field {row['field_key'] or '(none)'}, which is not registered"
                self._unresolved.append((thing, detail, row))

    def _column(self, relation: Relation, usage: SeedRow, *, implied: bool) -> Column:
        field = self.fields[usage["field_key"]]
        level = relation.row["sensitivity_level"]
        default = usage["default_value"].replace("{sensitivity_level}", level)
        written_by = usage["written_by"] or relation.row["written_by"]
        return Column(usage, field, implied, default, written_by)
