"""What differs between two states of the registry: rows that came, went or were renamed, cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qios.change.kinds import Cells, Sides, cell_kinds, row_kinds, rows
from qios.errors import QiosError
from qios.registry.constraints import natural_key
from qios.registry.model import Registry
from qios.registry.seeds import image_of

WHOLE_ROW = "*"
USAGES = "qieos.field_usages"
# The columns by which a line says that it stands in place of another.
TELL_OF_RENAMING = ("column_name", "renamed_from")


@dataclass(frozen=True)
class Change:
    """One difference: which row of which registry, its column or `*`, and both cells."""

    registry: str
    object: str
    column: str
    kinds: frozenset[str]
    old: str = ""
    new: str = ""
    columns_along: int = 0  # of a table that came or went: its lines in field_usages

    @property
    def name(self) -> str:
        """`qieos.fields email.sensitivity_level`"""
        column = "" if self.column == WHOLE_ROW else f".{self.column}"
        return f"{self.registry} {self.object}{column}"


def differences(sides: Sides) -> Iterator[Change]:
    """Every difference, registry by registry, in the order of their names and rows."""
    relations = dict.fromkeys((*sides.old.seeds.paths, *sides.new.seeds.paths))
    for relation in sorted(relations):
        yield from _of_registry(sides, image_of(relation), relation)


def _of_registry(sides: Sides, name: str, relation: str) -> Iterator[Change]:
    key = _key(sides, relation)
    old = {tuple(c.get(part, "") for part in key): c for c in rows(sides.old, name)}
    new = {tuple(c.get(part, "") for part in key): c for c in rows(sides.new, name)}
    if name == USAGES:
        old, new = _of_kept_tables(sides, old), _of_kept_tables(sides, new)
        yield from _renamed(sides, old, new)
    for values in dict.fromkeys((*old, *new)):
        before, after = old.get(values), new.get(values)
        thing = ".".join(filter(None, values))
        if before is None or after is None:
            kinds = row_kinds(sides, name, before, after)
            along = _columns_along(sides, after or before) if name == "qieos.tables" else 0
            yield Change(name, thing, WHOLE_ROW, frozenset(kinds), columns_along=along)
        else:
            yield from _cells(sides, name, thing, before, after)


def _cells(
    sides: Sides, name: str, thing: str, old: Cells, new: Cells, skip: tuple[str, ...] = ()
) -> Iterator[Change]:
    for column in dict.fromkeys((*old, *new)):
        before, after = old.get(column, ""), new.get(column, "")
        if before != after and column not in skip:
            kinds = cell_kinds(sides, name, column, old, new)
            yield Change(name, thing, column, frozenset(kinds), before, after)


def _renamed(sides: Sides, old: dict[tuple, Cells], new: dict[tuple, Cells]) -> Iterator[Change]:
    """Takes a column that another one says it was out of both sides, and yields the renaming."""
    for values in [values for values in new if values not in old]:
        former = (*values[:2], new[values]["renamed_from"])
        if former in old and former not in new:
            before, after = old.pop(former), new.pop(values)
            thing = ".".join(values)
            yield Change(USAGES, thing, "column_name", frozenset({"renamed"}), former[2], values[2])
            yield from _cells(sides, USAGES, thing, before, after, skip=TELL_OF_RENAMING)


def _of_kept_tables(sides: Sides, usages: dict[tuple, Cells]) -> dict[tuple, Cells]:
    """Without the columns of tables that came or went: the table's own change tells of them."""
    both = sides.old_tables & {
        (cells["schema_name"], cells["table_name"]) for cells in rows(sides.new, "qieos.tables")
    }
    return {values: cells for values, cells in usages.items() if values[:2] in both}


def _columns_along(sides: Sides, table: Cells) -> int:
    named = (table["schema_name"], table["table_name"])
    side = sides.old if named in sides.old_tables else sides.new
    return sum((cells["schema_name"], cells["table_name"]) == named for cells in rows(side, USAGES))


def _key(sides: Sides, relation: str) -> list[str]:
    """The natural key of a seed, by the registry that knows it; else its first column."""
    for registry in (sides.new, sides.old):
        known = _relations(registry).get(relation)
        if known is not None:
            return natural_key(known)
    side = sides.new if relation in sides.new.seeds.paths else sides.old
    return side.seeds.header(relation)[:1]


def _relations(registry: Registry) -> dict:
    try:
        return registry.relations
    except QiosError:
        return {}
