"""§10: who writes a table is its row's word, so nothing else names it in a writing statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.finding import CODE
from qios.check.offline.schemas import PROJECT
from qios.paths import text_of
from qios.registry.model import Relation

BY_DBT = "dbt"
WRITING = re.compile(
    r"\b(insert\s+into|delete\s+from|truncate(?:\s+table)?|merge\s+into|update|copy)\s+(?:only\s+)?"
    r"""(?:"?([a-z]\w*)"?\."?([a-z]\w*)"?|\{\{\s*(?:ref\(\s*['"](\w+)['"]\s*\)|(\w+))\s*\}\})""",
    re.IGNORECASE,
)
# What a promotion is made of: these macros are given the table that they write.
UPSERTS = {
    Path("macros/contracts/upsert_from_registry.sql"),
    Path("macros/contracts/upsert_from_source.sql"),
    Path("macros/flow/corrected.sql"),
}
# That two rows are one is a person's decision about what dbt has written.
MERGING = Path("scripts/qios/identity")


@rule("R1001", side=CODE)
def only_its_writers_write_a_table(evidence: Evidence) -> Iterator[Broken]:
    for path, text in _texts(evidence):
        in_model = path.parts[0] == "models"
        for statement, schema, table, ref, variable in WRITING.findall(text):
            name = f"{schema}.{table}" if table else ref.replace("__", ".", 1)
            relation = evidence.registry.relations.get(name)
            verb = " ".join(statement.lower().split())
            if variable and path not in UPSERTS:
                yield Broken("R1001", path.as_posix(), f"has an {verb} of what it is given", path)
            elif relation and (in_model or not _may(path, verb, relation)):
                yield Broken("R1001", name, f"is written past the flow ({verb})", path)


def _may(path: Path, verb: str, relation: Relation) -> bool:
    """Whether what is no promotion may write the table: by the registry not only dbt does."""
    if relation.row["written_by"] != BY_DBT:
        return True
    of_others = any(column.written_by != BY_DBT for column in relation.live_columns)
    return verb == "update" and (of_others or path.is_relative_to(MERGING))


def _texts(evidence: Evidence) -> Iterator[tuple[Path, str]]:
    """(path, text) of models, macros, hooks and scripts."""
    for model in evidence.models:
        yield model.path, model.code
    yield from evidence.macros.files.items()
    yield Path(PROJECT), text_of(evidence.root / PROJECT)
    for path in sorted((evidence.root / "scripts/qios").rglob("*.py")):
        yield path.relative_to(evidence.root), text_of(path)
