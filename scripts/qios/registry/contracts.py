"""Derives the contracts, the seeds' properties, the vocabulary and the seed of decisions."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from qios.paths import text_of
from qios.registry.constraints import foreign_keys, natural_key, table_objects
from qios.registry.decisions import SEED, decisions_seed
from qios.registry.model import Column, Registry, Relation
from qios.registry.vocabulary import generated_macros

MATERIALIZED = {"view": "view", "seed": "seed"}
BANNER = "generated from seeds/ by `qios contracts`; edit the registry, not this file"


def render(registry: Registry) -> dict[Path, str]:
    """Path relative to the project → the text that belongs there."""
    files = generated_macros(registry, BANNER) | {SEED: decisions_seed(registry)}
    for schema in dict.fromkeys(relation.schema for relation in registry.relations.values()):
        own = [r for r in registry.relations.values() if r.schema == schema]
        models = [_entry(registry, r) for r in own if r.kind != "seed"]
        seeds = [_entry(registry, r, files.get(_seed_path(r))) for r in own if r.kind == "seed"]
        folder = Path("models/staging" if schema == "staging" else f"models/canonical/{schema}")
        if models:
            files[folder / f"_{schema}__contracts.yml"] = _yaml("models", models)
        if seeds:
            files[Path("seeds") / schema / f"_{schema}__seeds.yml"] = _yaml("seeds", seeds)
    return files


def stale(registry: Registry) -> Iterator[str]:
    """A unified diff for every generated file that differs from what the registry says."""
    for path, current, text in differing(registry):
        yield "".join(
            difflib.unified_diff(
                current.splitlines(keepends=True),
                text.splitlines(keepends=True),
                fromfile=f"{path} (committed)",
                tofile=f"{path} (registry)",
            )
        )


def write(registry: Registry) -> list[Path]:
    """Writes what is stale; returns the paths written."""
    written = []
    for path, _, text in differing(registry):
        target = registry.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def differing(registry: Registry) -> Iterator[tuple[Path, str, str]]:
    """(path, text there, text that belongs there) of what is stale; a missing file has no text."""
    for path, text in render(registry).items():
        target = registry.root / path
        current = text_of(target) if target.exists() else ""
        if current != text:
            yield path, current, text


def _yaml(kind: str, entries: list[dict[str, Any]]) -> str:
    body = yaml.dump(
        {"version": 2, kind: entries},
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )
    return f"# {BANNER}\n{body}"


def _entry(registry: Registry, relation: Relation, seed: str | None = None) -> dict[str, Any]:
    """The contract of a relation; `seed` is the text of a seed that is generated itself."""
    entry: dict[str, Any] = {
        "name": relation.dbt_name,
        "description": relation.row["purpose"],
        "config": {"meta": contract_meta(registry, relation)},
    }
    materialized = MATERIALIZED.get(relation.kind, "incremental")
    if relation.kind == "seed":
        entry["config"]["column_types"] = {column.name: "text" for column in relation.columns}
        path = registry.root / _seed_path(relation)
        seed = seed or (text_of(path) if path.exists() else "")
    elif relation.kind == "table" and relation.row["written_by"] != "dbt":
        entry["config"]["materialized"] = materialized = "declared"
    entry["columns"] = [_column(relation, column) for column in relation.live_columns]
    entry["config"]["meta"]["contract_hash"] = contract_seal(relation, entry, materialized, seed)
    return entry


def contract_seal(
    relation: Relation, entry: dict[str, Any], materialized: str, seed: str | None
) -> str:
    """The hash by which a build knows the contract, and a table its own: see macros/contracts.

    dbt works it out anew, so nothing is built of a contract that was edited by hand, or of a seed
    that changed since.
    """
    columns = [
        [
            column["name"],
            column["data_type"],
            column["description"],
            len(column.get("constraints", ())),
            column.get("config", {}).get("meta", {}),
        ]
        for column in entry["columns"]
    ]
    made_of = [
        *(relation.dbt_name, relation.schema, relation.name, materialized),
        None if seed is None else hashlib.sha256(seed.strip().encode()).hexdigest(),
        *(entry["description"], entry["config"]["meta"], columns),
    ]
    text = json.dumps(made_of, sort_keys=True)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _seed_path(relation: Relation) -> Path:
    return Path("seeds") / relation.schema / f"{relation.dbt_name}.csv"


def contract_meta(registry: Registry, relation: Relation) -> dict[str, Any]:
    """What the contract says of the relation itself, under `config.meta`."""
    row = relation.row
    meta: dict[str, Any] = {
        "relation_type": relation.kind,
        "owner": row["owner"],
        "source_of_truth_policy": row["source_of_truth_policy"],
        "sensitivity_level": row["sensitivity_level"],
        "written_by": row["written_by"],
    }
    if row["metadata_omitted"]:
        meta["metadata_omitted"] = list(row.items("metadata_omitted"))
        meta["metadata_omitted_reason"] = row["metadata_omitted_reason"]
    if relation.kind in ("table", "seed"):
        meta["natural_key"] = natural_key(relation)
    if relation.kind == "table":
        meta["objects"] = table_objects(registry, relation)
        meta["references"] = foreign_keys(relation)
        retired = [column.name for column in relation.columns if column.retired]
        if retired:
            meta["retired"] = retired
    return meta


def _column(relation: Relation, column: Column) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": column.name,
        "data_type": column.data_type if relation.kind != "seed" else "text",
        "description": column.usage["usage_notes"] or column.field["description"],
    }
    meta: dict[str, Any] = {}
    if relation.kind == "table":
        if column.usage.flag("required"):
            entry["constraints"] = [{"type": "not_null"}]
        if column.default:
            meta["default"] = column.default
        if column.references:
            meta["references"] = column.references
        if column.written_by != relation.row["written_by"]:
            meta["written_by"] = column.written_by
        if column.usage["renamed_from"]:
            meta["renamed_from"] = column.usage["renamed_from"]
    if column.field["sensitivity_level"] != relation.row["sensitivity_level"]:
        meta["sensitivity_level"] = column.field["sensitivity_level"]
    if column.field["data_category"] not in ("", "none"):
        meta["data_category"] = column.field["data_category"]
    if meta:
        entry["config"] = {"meta": meta}
    return entry
