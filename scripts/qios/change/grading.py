"""How much each change asks of others, and which of the major ones somebody has answered for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qios.change.difference import WHOLE_ROW, Change, differences
from qios.change.kinds import Cells, Sides, rows
from qios.errors import Findings
from qios.registry.model import Registry

GRADES = "qieos.change_grades"
ACKNOWLEDGEMENTS = "qieos.change_acknowledgements"
ANY = "*"
MAJOR = "major"

Table = dict[tuple[str, str, str], Cells]


@dataclass(frozen=True)
class Graded:
    """A change, its grade with the reason, and the acknowledgement if somebody gave one."""

    change: Change
    grade: str
    rationale: str
    acknowledgement: Cells | None = None

    @property
    def open(self) -> bool:
        return self.grade == MAJOR and self.acknowledgement is None


def graded_differences(old: Registry, new: Registry) -> list[Graded]:
    """Every change from `old` to `new` with its grade, the gravest first."""
    sides = Sides(old, new)
    order = list(new.fields["change_grade"].items("allowed_values"))
    grader = _Grader(sides, order)
    graded = [grader.grade(change) for change in differences(sides)]
    return sorted(graded, key=lambda g: (-order.index(g.grade), g.change.registry))


class _Grader:
    """Grades by the table of both sides: a change that lowers a grade does not profit from it."""

    def __init__(self, sides: Sides, order: list[str]) -> None:
        self.order = order
        self.tables = [_table(side) for side in (sides.old, sides.new)]
        before = {_identity(cells) for cells in rows(sides.old, ACKNOWLEDGEMENTS)}
        self.acknowledged = {
            _what(cells): cells
            for cells in rows(sides.new, ACKNOWLEDGEMENTS)
            if _identity(cells) not in before and not cells["deprecated_at"]
        }

    def grade(self, change: Change) -> Graded:
        found = [row for table in self.tables for row in _rows_for(table, change)]
        if not found:
            raise Findings(
                f"{change.name}: {GRADES} has no grade for a row or cell that was "
                f"{', '.join(sorted(change.kinds))}",
                "give it one; `*` stands for every registry and every column",
            )
        gravest = max(found, key=lambda row: self.order.index(row["grade"]))
        told = (change.registry, change.object, change.column, change.old, change.new)
        return Graded(change, gravest["grade"], gravest["rationale"], self.acknowledged.get(told))


def _table(registry: Registry) -> Table:
    return {
        (cells["registry_name"], cells["column_name"], cells["change_kind"]): cells
        for cells in rows(registry, GRADES)
        if not cells["deprecated_at"]
    }


def _rows_for(table: Table, change: Change) -> Iterator[Cells]:
    """The rows of the closest description: registry and column, then either, then any."""
    column = WHOLE_ROW if "renamed" in change.kinds else change.column
    for registry, name in (
        (change.registry, column),
        (ANY, column),
        (change.registry, WHOLE_ROW),
        (ANY, WHOLE_ROW),
    ):
        rows_of_kind = [table.get((registry, name, kind)) for kind in change.kinds]
        if any(rows_of_kind):
            yield from filter(None, rows_of_kind)
            return


def _what(acknowledgement: Cells) -> tuple[str, ...]:
    parts = ("registry_name", "object", "column_name", "old_cell", "new_cell")
    return tuple(acknowledgement[part] for part in parts)


def _identity(acknowledgement: Cells) -> tuple[str, ...]:
    return (*_what(acknowledgement), acknowledgement["decided_on"])
