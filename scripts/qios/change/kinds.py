"""In which ways a row or a cell of a registry was changed: the kinds that `qieos.change_grades` has
a grade for. A change is often of several kinds: `lowered` is also `changed`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qios.check.specification import CRITERIA, CRITERIA_NEEDED
from qios.errors import QiosError
from qios.registry.model import Registry
from qios.registry.seeds import seed_of

WIDER_TYPES = "macros/contracts/wider_types.sql"

Cells = dict[str, str]


@dataclass(frozen=True)
class Sides:
    """The registry before and after, and what both must be asked to know a kind of change."""

    old: Registry
    new: Registry

    def field_of(self, registry_name: str, column_name: str) -> str:
        """The field behind a column of a seed; an unregistered heading is its own field."""
        for registry in (self.new, self.old):
            try:
                relation = registry.relations.get(seed_of(registry_name))
            except (QiosError, KeyError):
                continue  # a registry that breaks its own rules is still compared, cell by cell
            for column in relation.columns if relation else ():
                if column.name == column_name:
                    return column.field["field_key"]
        return column_name

    @cached_property
    def order(self) -> dict[str, Sequence[str]]:
        """Field → its values from the lowest to the highest, as they were before the change."""
        ranked = sorted(rows(self.old, "qivault.sensitivity_levels"), key=lambda c: int(c["rank"]))
        levels = [cells["level_key"] for cells in ranked]
        return {
            "sensitivity_level": levels,
            "default_sensitivity": levels,
            "rule_severity": ("warn", "error"),
            "change_grade": self.new.fields["change_grade"].items("allowed_values"),
        }

    @cached_property
    def used_fields(self) -> set[str]:
        usages = (*rows(self.old, "qieos.field_usages"), *rows(self.old, "qieos.implied_columns"))
        return {cells["field_key"] for cells in usages if not cells["deprecated_at"]}

    @cached_property
    def old_tables(self) -> set[tuple[str, str]]:
        tables = rows(self.old, "qieos.tables")
        return {(cells["schema_name"], cells["table_name"]) for cells in tables}

    @cached_property
    def wider_types(self) -> dict[str, list[str]]:
        """Type → the types that hold all its values, from the macro that a build asks."""
        text = (self.new.root / WIDER_TYPES).read_text(encoding="utf-8")
        return ast.literal_eval(re.search(r"return\((\{.*?\})\.get", text, re.DOTALL)[1])


def rows(registry: Registry, name: str) -> list[Cells]:
    """The rows of a registry, none where it did not exist yet."""
    if seed_of(name) not in registry.seeds.paths:
        return []
    return [row.cells for row in registry.seeds[name]]


def row_kinds(sides: Sides, registry_name: str, old: Cells | None, new: Cells | None) -> set[str]:
    """The kinds of a row that came (no `old`) or went (no `new`)."""
    if new is None:
        used = registry_name == "qieos.fields" and old["field_key"] in sides.used_fields
        return {"removed", "removed_in_use"} if used else {"removed"}
    kinds = {"added"}
    if registry_name == "qieos.schemas" and _untested(new):
        kinds.add("added_untested")
    existed = (new.get("schema_name"), new.get("table_name")) in sides.old_tables
    if registry_name == "qieos.implied_columns" or (
        registry_name == "qieos.field_usages" and existed
    ):
        kinds |= {"added_required"} if _required_without_default(new) else set()
    return kinds


def cell_kinds(
    sides: Sides, registry_name: str, column_name: str, old: Cells, new: Cells
) -> set[str]:
    """The kinds of a cell that changed inside a row that stayed."""
    before, after = old.get(column_name, ""), new.get(column_name, "")
    kinds = {"changed"} | set(_by_content(before, after))
    field = sides.field_of(registry_name, column_name)
    if field in sides.order:
        kinds.add(_direction(sides.order[field], before, after))
    if field == "data_type":
        kinds.add("widened" if after in sides.wider_types.get(before, ()) else "narrowed")
    if registry_name == "qieos.schemas" and _untested(new) and not _untested(old):
        kinds.add("approved_untested")
    if field == "required" and _required_without_default(new):
        kinds.add("added_required")
    return kinds


def _by_content(before: str, after: str) -> Iterator[str]:
    if not before:
        yield "filled"
    elif not after:
        yield "emptied"
    else:
        earlier, later = set(before.split("|")), set(after.split("|"))
        if earlier - later:
            yield "shortened"
        if later - earlier:
            yield "extended"


def _direction(order: Sequence[str], before: str, after: str) -> str:
    """A value outside the order stands below all of it."""
    places = {value: place for place, value in enumerate(order)}
    return "lowered" if places.get(after, -1) < places.get(before, -1) else "raised"


def _untested(schema: Cells) -> bool:
    passed = sum(schema.get(criterion) == "true" for criterion in CRITERIA)
    return schema["status"] == "active" and passed < CRITERIA_NEEDED


def _required_without_default(usage: Cells) -> bool:
    return usage["required"] == "true" and not usage["default_value"]
