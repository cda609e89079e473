"""The seed of column flows: read from the models, written as rows, and judged by sensitivity."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from qios.errors import Findings
from qios.lineage.columns import COPIED, DERIVED, Flows, Relations, UnreadableModel, flows
from qios.lineage.compiled import Model, compiled, models
from qios.registry.model import Column, Registry
from qios.registry.seeds import SeedRow

SEED = Path("seeds/qieos/qieos__seed_column_flows.csv")
FLOWS = "qieos.column_flows"
# A value of these types holds many fields; what is taken out is of the field it is read into.
CONTAINERS = ("json", "jsonb")

Row = dict[str, str]


class Leak(NamedTuple):
    """`schema.table.column`, and what it takes."""

    column: str
    detail: str


def flows_seed(registry: Registry) -> str:
    """The text of the seed: a row for each pair of columns between which a model moves a value."""
    heading = [column.name for column in registry.relations["qieos.seed_column_flows"].columns]
    text = io.StringIO()
    rows = csv.DictWriter(text, heading, restval="", lineterminator="\n")
    rows.writeheader()
    rows.writerows(read_flows(registry, list(models(registry.root))))
    return text.getvalue()


def read_flows(registry: Registry, wanted: list[Model]) -> Iterator[Row]:
    """The rows of these models, as they are now. Raises Findings for one that cannot be read."""
    relations: Relations = {}
    for relation in registry.relations.values():
        names = [column.name for column in relation.live_columns]
        relations.setdefault(relation.schema, {})[relation.name] = names
    markers = {row["marker"] for row in registry.seeds["qivault.redaction_rules"]}
    for model, sql in compiled(registry.root, wanted).items():
        try:
            found = flows(sql, relations, model.view, markers)
        except UnreadableModel as error:
            raise Findings(
                f"{model.path}: sqlglot cannot read it: {error}",
                "write it in a way that it can; PostgreSQL may know more spellings of a thing",
            ) from error
        yield from _rows(registry, model, found)


def _rows(registry: Registry, model: Model, found: Flows) -> Iterator[Row]:
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


def unread_models(registry: Registry) -> Iterator[Path]:
    """The models whose text is not the one that the seed was read from, gone ones included."""
    read = {(row["model_path"], row["model_digest"]) for row in registry.seeds[FLOWS]}
    there = {(model.path.as_posix(), model.digest) for model in models(registry.root)}
    yield from sorted({Path(path) for path, _ in read ^ there})


def leaks(registry: Registry, rows: Iterable[Row | SeedRow]) -> Iterator[Leak]:
    """Each column that is less sensitive than one whose value it takes, and not masked."""
    levels = registry.seeds["qivault.sensitivity_levels"]
    ranks = {row["level_key"]: int(row["rank"]) for row in levels}
    told: dict[str, dict[str, str]] = {}
    for row in rows:
        target = (row["schema_name"], row["table_name"], row["column_name"])
        taker = _column(registry, target)
        giver = _column(registry, tuple(row["from_column"].split(".")))
        if row["kind"] in (COPIED, DERIVED) and taker and giver:
            own, given = (column.field["sensitivity_level"] for column in (taker, giver))
            if ranks.get(own, 0) < ranks.get(given, 0):
                told.setdefault(".".join(target), {})[f"{row['from_column']} ({given})"] = own
    for name, givers in told.items():
        (own,) = set(givers.values())
        yield Leak(name, f"is {own}, and takes its value from {', '.join(givers)}")


def _column(registry: Registry, name: tuple[str, ...]) -> Column | None:
    relation = registry.relations.get(".".join(name[:2]))
    if relation is None:
        return None
    return next((column for column in relation.live_columns if column.name == name[2]), None)
