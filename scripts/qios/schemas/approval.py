"""What makes a proposed schema an approved one: its row, its folder, its line for dbt."""

from __future__ import annotations

import re
from pathlib import Path

from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.registry.decisions import decisions
from qios.registry.model import Registry
from qios.registry.seed_writer import put_row
from qios.schemas.proposal import APPROVED, PROPOSED, SCHEMAS, refuse_bad_name, schema_row
from qios.schemas.tally import too_few

PROJECT_FILE = "dbt_project.yml"
SCHEMA_LINE = re.compile(r"^ +(\w+): \{\+schema: \1\}\n", re.MULTILINE)
ACCEPTED = "accepted"


def approve(registry: Registry, name: str, by: str, adr: str) -> list[Path]:
    """Approve a proposed schema; returns the paths written, below the project's folder.

    Raises Findings (R0501) below three criteria, UsageError for a schema that is not proposed or a
    decision record that is not accepted. Nothing is written then.
    """
    row = schema_row(registry, name)
    if row is None or row["status"] != PROPOSED or row["deprecated_at"]:
        state = "not proposed" if row is None else row["status"]
        raise UsageError(f"{name} is {state}", f"qios schema propose {name} --purpose … --owner …")
    refuse_bad_name(registry, name)
    if wrong := too_few(row):
        raise Findings(
            f"R0501 {name}: {wrong}",
            f"leave its tables where they are; qios schema propose {name} looks again",
        )
    accepted = {d["adr_number"] for d in decisions(registry.root) if d["status"] == ACCEPTED}
    if adr not in accepted:
        raise UsageError(
            f"there is no accepted decision record {adr}",
            "write docs/decisions/NNNN-title.md, and give its number with leading zeros",
        )
    project = _with_schema_line(registry.root / PROJECT_FILE, name)
    said = f"{row['decision']} Approved by {clean_text(by)}, decision {adr}."
    cells = row.cells | {"status": APPROVED, "decision": said}
    put_row(registry.seeds, SCHEMAS, "schema_name", cells)
    (registry.root / PROJECT_FILE).write_text(project, encoding="utf-8")
    folder = registry.root / "models" / "canonical" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitkeep").touch()  # git keeps no empty folder; the first table's file replaces it
    seed = registry.seeds.paths["qieos.seed_schemas"]
    return [
        path.relative_to(registry.root) for path in (seed, registry.root / PROJECT_FILE, folder)
    ]


def _with_schema_line(path: Path, name: str) -> str:
    """The text of dbt_project.yml with a line for the schema, behind those of the others."""
    text = path.read_text(encoding="utf-8")
    models, seeds_mark, seeds = text.partition("\nseeds:")
    lines = list(SCHEMA_LINE.finditer(models))
    if not lines:
        raise Findings(
            f"{path.name} has no line like `qilife: {{+schema: qilife}}` under models",
            f"add `{name}: {{+schema: {name}}}` below models.qios.canonical by hand",
        )
    if name in {line[1] for line in lines}:
        return text
    last = lines[-1]
    line = last[0].replace(last[1], name)
    return models[: last.end()] + line + models[last.end() :] + seeds_mark + seeds
