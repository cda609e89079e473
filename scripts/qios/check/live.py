"""The live rules: each is one select in tests/dbt/governance, which a build runs as a data test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from qios.check.catalogue import Broken
from qios.check.templates import Templates
from qios.registry.model import Registry

FOLDER = Path("tests/dbt/governance")


@dataclass(frozen=True)
class LiveRule:
    """A rule's select; `path` starts at the project's folder."""

    code: str
    path: Path


def live_rules(root: Path) -> list[LiveRule]:
    """The live rules by code; a file is named `<code>_<what holds>.sql`."""
    return [
        LiveRule(path.stem.partition("_")[0], path.relative_to(root))
        for path in sorted((root / FOLDER).glob("R*.sql"))
    ]


def live_findings(
    registry: Registry, database: psycopg.Connection, code: str | None = None
) -> Iterator[Broken]:
    """What the live rules find; the caller's transaction says in which snapshot."""
    templates = Templates(registry)
    for rule in live_rules(registry.root):
        if code in (None, rule.code):
            query = templates.render(registry.root / rule.path)
            for found, thing, detail in database.execute(query.encode()):
                yield Broken(found, thing, detail)
