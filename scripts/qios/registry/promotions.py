"""The promotion models: which source feeds which table, told by the names of their files.

`models/promotion/<source>/<source>__<schema>__<table>.sql` is what a source gives to a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qios.paths import text_of
from qios.registry.model import Registry

FOLDER = Path("models/promotion")
TAKES_PROMOTIONS = "{{ promoted("


def promotions(registry: Registry) -> dict[str, list[str]]:
    """dbt name of a table → the sources that feed it; both sorted."""
    fed: dict[str, list[str]] = {}
    for source, table, _ in _files(registry):
        fed.setdefault(table, []).append(source)
    return {table: sorted(sources) for table, sources in sorted(fed.items())}


def broken_promotions(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """(rule code, object, what is wrong) of each promotion model that no build would use."""
    sources = {row["source_key"] for row in registry.seeds["qinexus.sources"]}
    tables = {r.dbt_name: r for r in registry.relations.values() if r.kind == "table"}
    for source, table, path in _files(registry):
        thing = str(path.relative_to(registry.root))
        if source not in sources:
            yield "R1001", thing, f"its folder is not named after a source: {source}"
        elif table not in tables:
            yield "R1001", thing, f"is not named {source}__<schema>__<table>.sql of a table"
        else:
            schema = tables[table].schema
            model = registry.root / "models" / "canonical" / schema / f"{table}.sql"
            if not model.exists() or TAKES_PROMOTIONS not in text_of(model):
                yield "R1001", thing, f"{table}.sql takes no promotions: it is not promoted()"


def _files(registry: Registry) -> Iterator[tuple[str, str, Path]]:
    """(folder, dbt name of the table, path) of each promotion model."""
    for path in sorted((registry.root / FOLDER).glob("*/*.sql")):
        source = path.parent.name
        yield source, path.stem.removeprefix(f"{source}__"), path
