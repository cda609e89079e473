"""Where a rule's check is entered, and what it is given to look at.

An offline rule is a function of a module in `qios.check.offline`:

    @rule("R1202")
    def inverses(evidence: Evidence) -> Iterator[Broken]:
        yield Broken("R1202", "mentors", "its inverse is missing", row)
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from qios.check.finding import REGISTRY
from qios.check.models import Macros, ModelFile, model_files
from qios.errors import UsageError
from qios.paths import text_of
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow

PROJECT = "dbt_project.yml"
CURE = f"correct {PROJECT}; `git diff {PROJECT}` shows what became of it"

FIRST, THEN, NEXT, LAST = range(4)
Place = SeedRow | Path | tuple[Path, int] | None


class Broken(NamedTuple):
    """A rule's code, the object that breaks it, how, and the row or file that is wrong.

    Without `at` the finding points at the registry's row of the object; without `remedy` it names
    the rule's.
    """

    code: str
    object: str
    detail: str
    at: Place = None
    remedy: str = ""


class Evidence:
    """What the offline rules read: the registry, and the files of the project."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.root = registry.root

    @cached_property
    def models(self) -> list[ModelFile]:
        return list(model_files(self.root))

    @cached_property
    def macros(self) -> Macros:
        return Macros(self.root)

    @cached_property
    def project(self) -> dict[str, Any]:
        """What dbt_project.yml says."""
        text = text_of(self.root / PROJECT)
        try:
            said = yaml.load(text, yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1
            raise UsageError(f"{PROJECT} line {line}: {error.problem}", cure=CURE) from None
        if not isinstance(said, dict):
            raise UsageError(f"{PROJECT} says nothing by name", cure=CURE)
        return said

    @cached_property
    def properties(self) -> list[Path]:
        """The YAML files from which dbt takes properties."""
        found = [p for name in ("models", "seeds") for p in (self.root / name).rglob("*.y*ml")]
        return sorted(path.relative_to(self.root) for path in found)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Sensitivity level → its rank."""
        levels = self.registry.seeds["qivault.sensitivity_levels"]
        return {row["level_key"]: int(row["rank"]) for row in levels if not row["deprecated_at"]}

    @cached_property
    def schemas(self) -> dict[str, SeedRow]:
        """Schema name → its row; retired ones are left out."""
        rows = self.registry.seeds["qieos.schemas"]
        return {row["schema_name"]: row for row in rows if not row["deprecated_at"]}

    @cached_property
    def approved(self) -> set[str]:
        return {name for name, row in self.schemas.items() if row["status"] == "active"}


Check = Callable[[Evidence], Iterator[Broken]]


@dataclass(frozen=True)
class OfflineRule:
    """A check without a database: the codes it can report, and the side that it looks at.

    step: FIRST, THEN, NEXT or LAST. One is asked only when those before it found nothing that
    counts: what is wrong with a row is not told again by all that reads it.
    """

    codes: tuple[str, ...]
    side: str
    check: Check
    step: int


_RULES: list[OfflineRule] = []


def rule(*codes: str, side: str = REGISTRY, step: int = THEN) -> Callable[[Check], Check]:
    """Enter a function as the check of these codes."""

    def enter(check: Check) -> Check:
        _RULES.append(OfflineRule(codes, side, check, step))
        return check

    return enter


def offline_rules() -> list[OfflineRule]:
    """Every offline rule: those of each module in `qios.check.offline`."""
    package = importlib.import_module("qios.check.offline")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return _RULES
