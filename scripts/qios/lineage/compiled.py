"""The SQL of the models that move values between columns, compiled by dbt without a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

from qios.dbt import one_build, run_dbt
from qios.errors import EnvironmentFault, Findings
from qios.paths import state_dir
from qios.registry.model import Registry

FOLDERS = ("models/promotion", "models/staging")
LANDING = "landing"


@dataclass(frozen=True)
class Model:
    """A promotion or a typed view: its file below the project, and the relation that it fills."""

    path: Path
    schema: str
    table: str
    digest: str  # of the file's text


def models(root: Path) -> Iterator[Model]:
    """In the order of their paths."""
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.sql")):
        if path.parent.name != LANDING:
            schema, table = path.stem.split("__")[-2:]
            digest = md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            yield Model(path.relative_to(root), schema, table, digest)


def compiled(registry: Registry) -> Path:
    """The folder in which dbt wrote the compiled models, each at its path below the project.

    dbt asks no database: what a promotion gives does not depend on the rows that wait.
    """
    target = state_dir() / "lineage"
    selected = [f"path:{folder}" for folder in FOLDERS]
    apart = ("--no-introspect", "--no-populate-cache", "--target-path", str(target))
    with one_build() as lock:
        if run_dbt("--quiet", "compile", *apart, "--select", *selected, lock=lock):
            raise Findings("dbt cannot compile the models", "correct what it says above")
    name = next((target / "compiled").glob("*"), None)
    if name is None:
        raise EnvironmentFault(f"dbt compiled nothing into {target}", "see what it says above")
    return name
