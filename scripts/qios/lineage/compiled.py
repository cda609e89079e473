"""The SQL of the models that move values between columns, compiled by dbt without a database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from shutil import copyfile

from qios.check.models import Macros
from qios.errors import EnvironmentFault, Findings
from qios.locks import exclusive
from qios.paths import text_of

FOLDERS = ("models/promotion", "models/staging")
LANDING = "landing"
TARGET = Path("target/lineage")
PROFILES = "profiles.example.yml"  # dbt wants one, and connects to nothing


@dataclass(frozen=True)
class Model:
    """A promotion or a typed view: its file below the project, and the relation that it fills."""

    path: Path
    schema: str
    table: str
    digest: str  # of the file's text, and of the macros that it calls

    @property
    def view(self) -> tuple[str, str]:
        return self.schema, self.table


def models(root: Path) -> Iterator[Model]:
    """In the order of their paths."""
    macros = Macros(root)
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.sql")):
        if path.parent.name != LANDING:
            schema, table = path.stem.split("__")[-2:]
            yield Model(path.relative_to(root), schema, table, _digest(path, macros))


def _digest(path: Path, macros: Macros) -> str:
    """Generated macros are left out: what they say of a source changes no flow of a model."""
    text = text_of(path)
    names = macros.called_by(text) - macros.generated
    called = {" ".join(macros.texts[name].split()) for name in names}
    return md5("\n".join([text, *sorted(called)]).encode(), usedforsecurity=False).hexdigest()


def compiled(root: Path, wanted: list[Model]) -> dict[Model, str]:
    """Each model's compiled SQL. dbt asks no database: what a promotion gives does not depend on
    the rows that wait.

    Raises Findings where a model does not compile.
    """
    target = root / TARGET
    target.mkdir(parents=True, exist_ok=True)
    program = Path(sys.executable).with_name("dbt")
    if not program.exists():
        raise EnvironmentFault(f"there is no dbt beside {sys.executable}", "run `make setup`")
    places = ("--project-dir", root, "--profiles-dir", target, "--target-path", target)
    selected = [f"path:{model.path.as_posix()}" for model in wanted]
    with exclusive(target / "lock", "another reading of the column flows"):
        copyfile(root / PROFILES, target / "profiles.yml")
        ended = subprocess.run(
            [
                *(program, "--quiet", "compile", "--no-introspect", "--no-populate-cache"),
                *(*places, "--select", *selected),
            ],
            stdout=subprocess.DEVNULL,  # a single model is printed
            stderr=sys.stderr,
            check=False,
        )
        if ended.returncode:
            raise Findings("dbt cannot compile the models", "`dbt compile` says what is wrong")
        (project,) = (target / "compiled").iterdir()
        return {model: text_of(project / model.path) for model in wanted}
