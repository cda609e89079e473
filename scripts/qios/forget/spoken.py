"""What a row of a typed view says of the name and the addresses of the person that it tells of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qios.forget.words import ADDRESS, FULL, SINGLE
from qios.intake.landing import STAGING
from qios.intake.sources import reviewed_sources
from qios.registry.model import Column, Registry, Relation

OWN = "entity_id"
"""The key of a typed view that is the row's own; others name what the row refers to."""

NAMED = (*FULL, *SINGLE)
SPOKEN = (*NAMED, *ADDRESS)


def spoken_columns(view: Relation, fields: Sequence[str] = SPOKEN) -> list[Column]:
    """The columns of these fields; none where a row is of no person of its own."""
    if not any(column.name == OWN for column in view.live_columns):
        return []
    return [
        column
        for column in view.live_columns
        if column.field["field_key"] in fields and column.data_type == "text"
    ]


def said(columns: Sequence[Column], row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Field key -> value, for Words.take(): the parts of a name together, all else one by one."""
    for column in columns:
        if column.field["field_key"] not in SINGLE:
            yield {column.field["field_key"]: row[column.name]}
    yield {column.field["field_key"]: row[column.name] for column in columns}


def own_views(registry: Registry) -> Iterator[tuple[list[Column], Relation]]:
    """(these columns, the view) of each source whose rows are of people of their own."""
    for source in reviewed_sources():
        view = registry.relations[f"{STAGING}.{source.view}"]
        if columns := spoken_columns(view):
            yield columns, view
