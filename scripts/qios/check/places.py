"""Where in the project to look for an object: the row or file that a finding points at."""

from __future__ import annotations

from pathlib import Path

from qios.check.catalogue import Place
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow

TABLES = "qieos.seed_tables"


def place_of(registry: Registry, at: Place, thing: str) -> tuple[str, int]:
    """(path from the project's folder, line) of what a rule named, or of the object's own row."""
    match at:
        case SeedRow():
            return _relative(registry, at.path), at.line
        case (path, line):
            return _relative(registry, path), line
        case Path():
            return _relative(registry, at), 1
    return _row_of(registry, thing)


def _row_of(registry: Registry, thing: str) -> tuple[str, int]:
    """The row of a column, else of its table, else of its schema, else where it would stand."""
    parts = thing.split(".")
    relation = registry.relations.get(".".join(parts[:2]))
    if relation:
        for column in relation.columns:
            if parts[2:] == [column.name]:
                return place_of(registry, column.usage, "")
        return place_of(registry, relation.row, "")
    for row in registry.seeds["qieos.schemas"]:
        if row["schema_name"] == parts[0] and len(parts) == 1:
            return place_of(registry, row, "")
    return _relative(registry, registry.seeds.paths[TABLES]), 1


def _relative(registry: Registry, path: Path) -> str:
    return (path.relative_to(registry.root) if path.is_absolute() else path).as_posix()
