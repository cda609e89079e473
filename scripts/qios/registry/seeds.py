"""Reads the registry's CSV seeds. They are the only place where QiOS defines anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO

from qios.errors import UsageError
from qios.paths import NO_UTF_8, text_of

SEED_PREFIX = "seed_"


def seed_of(name: str) -> str:
    """The seed whose image a registry is: `qieos.fields` → `qieos.seed_fields`."""
    return name.replace(".", f".{SEED_PREFIX}", 1)


def image_of(seed: str) -> str:
    """The registry that is the image of a seed: `qieos.seed_fields` → `qieos.fields`."""
    return seed.replace(f".{SEED_PREFIX}", ".", 1)


@dataclass(frozen=True)
class SeedRow:
    """One line of a seed. `line` is its 1-based line number in the file, header included."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        try:
            return self.cells[column]
        except KeyError:
            raise UsageError(
                f"{self.path.name} has no heading {column}",
                cure="put it back; `git diff` shows what became of it",
            ) from None

    def flag(self, column: str) -> bool:
        return self[column] == "true"

    def items(self, column: str) -> tuple[str, ...]:
        """The values of a `|`-separated list cell, in their order."""
        return tuple(part.strip() for part in self[column].split("|") if part.strip())


@dataclass(frozen=True)
class Seeds:
    """All seeds of a project folder, by relation: `qieos.seed_fields` → rows in file order."""

    root: Path

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Relation name → file, for `seeds/<schema>/<schema>__seed_<name>.csv`."""
        found = sorted((self.root / "seeds").glob("*/*.csv"))
        return {path.stem.replace("__", ".", 1): path for path in found}

    def __getitem__(self, name: str) -> list[SeedRow]:
        """Rows of a registry by its canonical name: `qieos.fields` reads `qieos.seed_fields`."""
        if name not in self._read_already:
            path = self.paths.get(seed_of(name))
            if path is None:
                raise UsageError(
                    f"the seed of {name} is gone from seeds/{name.partition('.')[0]}",
                    cure="put the CSV file back; an empty registry still has its headings",
                )
            self._read_already[name] = list(self._read(path))
        return self._read_already[name]

    @cached_property
    def _read_already(self) -> dict[str, list[SeedRow]]:
        """Each file is read when it is first asked for: most commands need two or three."""
        return {}

    def header(self, relation: str) -> list[str]:
        path = self.paths[relation]
        with self.open(path) as stream:
            return _header(path, csv.reader(stream))

    def open(self, path: Path) -> TextIO:
        return io.StringIO(text_of(path, newline=""), newline="")

    def _read(self, path: Path) -> Iterator[SeedRow]:
        with self.open(path) as stream:
            reader = csv.reader(stream, strict=True)
            header = _header(path, reader)
            for cells in _lines(path, reader):
                if len(cells) != len(header):
                    raise UsageError(
                        f"{path.name} line {reader.line_num}: {len(cells)} cells under "
                        f"{len(header)} headings",
                        cure="give the row one cell per heading; quote a cell that holds a comma",
                    )
                yield SeedRow(path, reader.line_num, dict(zip(header, cells, strict=True)))


def _lines(path: Path, reader: Any) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise UsageError(
            f"{path.name} line {reader.line_num}: {error}", cure="close every quoted cell"
        ) from None


def _header(path: Path, lines: Iterator[list[str]]) -> list[str]:
    header = next(lines, None)
    if not header:
        raise UsageError(
            f"{path.name} is empty",
            cure="put its headings back; an empty registry still has them",
        )
    if header[0].startswith("\ufeff"):
        raise UsageError(f"{path.name} line 1: begins with a byte order mark", cure=NO_UTF_8)
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise UsageError(f"{path.name} has two headings {twice}", cure="keep one of them")
    return header
