"""The seed of column flows: read from the models, written as rows, and judged by sensitivity."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from qios.lineage.columns import COPIED, DERIVED, Relations, flows
from qios.lineage.compiled import Model, compiled, models
from qios.registry.model import Column, Registry

SEED = Path("seeds/qieos/qieos__seed_column_flows.csv")
FLOWS = "qieos.column_flows"
# A value of these types holds many fields; what is taken out is of the field it is read into.
CONTAINERS = ("json", "jsonb")
STALE = "R0708"
LEAK = "R0909"


def flows_seed(registry: Registry) -> str:
    """The text of the seed: a row for each pair of columns between which a model moves a value."""
    folder = compiled(registry)
    relations: Relations = {}
    for relation in registry.relations.values():
        names = [column.name for column in relation.live_columns]
        relations.setdefault(relation.schema, {})[relation.name] = names
    markers = {row["marker"] for row in registry.seeds["qivault.redaction_rules"]}
    heading = [column.name for column in registry.relations["qieos.seed_column_flows"].columns]
    text = io.StringIO()
    rows = csv.DictWriter(text, heading, restval="", lineterminator="\n")
    rows.writeheader()
    for model in models(registry.root):
        sql = (folder / model.path).read_text(encoding="utf-8")
        rows.writerows(
            _rows(registry, model, flows(sql, relations, (model.schema, model.table), markers))
        )
    return text.getvalue()


def _rows(registry: Registry, model: Model, found: dict) -> Iterator[dict[str, str]]:
    for output, sources in found.items():
        for source, kind in sorted(sources.items()):
            target = (model.schema, model.table, output)
            column = _column(registry, source)
            # A cell of a payload that is no column of its view has no field.
            if column is None or column.data_type in CONTAINERS or source == target:
                continue
            yield {
                "model_path": model.path.as_posix(),
                "model_digest": model.digest,
                "column_name": output,
                "schema_name": model.schema,
                "table_name": model.table,
                "from_column": ".".join(source),
                "kind": kind,
            }


def unread_models(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """R0708: the models whose text is not the one that the seed was read from."""
    read = {row["model_path"]: row["model_digest"] for row in registry.seeds[FLOWS]}
    there = {model.path.as_posix(): model.digest for model in models(registry.root)}
    for path in sorted(read.keys() | there.keys()):
        if read.get(path) != there.get(path):
            yield STALE, path, "its column flows are not those in the registry; run `qios lineage`"


def leaks(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """R0909: a column that is less sensitive than one whose value it takes, and not masked."""
    levels = registry.seeds["qivault.sensitivity_levels"]
    ranks = {row["level_key"]: int(row["rank"]) for row in levels}
    told: dict[str, dict[str, str]] = {}
    for row in registry.seeds[FLOWS]:
        target = (row["schema_name"], row["table_name"], row["column_name"])
        taker, giver = (
            _column(registry, target),
            _column(registry, tuple(row["from_column"].split("."))),
        )
        if row["kind"] in (COPIED, DERIVED) and taker and giver:
            own, given = (c.field["sensitivity_level"] for c in (taker, giver))
            if ranks.get(own, 0) < ranks.get(given, 0):
                detail = (
                    f"is {own}, and takes its value from {row['from_column']}, which is {given}"
                )
                told.setdefault(".".join(target), {}).setdefault(row["from_column"], detail)
    for name, details in told.items():
        yield LEAK, name, "; ".join(details.values())


def _column(registry: Registry, name: tuple[str, ...]) -> Column | None:
    relation = registry.relations.get(".".join(name[:2]))
    if relation is None:
        return None
    return next((column for column in relation.live_columns if column.name == name[2]), None)
