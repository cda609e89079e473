"""What goes out about each item: its cells, the decisions that it allows, and its fingerprint."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.ids import stable_id
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.review.cells import heading_in, headings_of
from qios.review.duplicates import MATCH, NEW
from qios.review.items import Item, is_about_entities, numbers_of
from qios.review.queue import DUPLICATE

REJECT = "reject"


@dataclass(frozen=True)
class Entry:
    """fingerprint: changes with whatever a person would want to know before deciding.
    cells: column -> text of the staged row, secret columns left out; none of two entities."""

    item: Item
    fingerprint: str
    cells: dict[str, str]

    @property
    def decisions(self) -> tuple[str, ...]:
        """The words to choose from; the field classification_decision has them all."""
        if is_about_entities(self.item):
            return (NEW, MATCH)
        if self.item["waiting_reason"] == DUPLICATE:
            return (NEW, MATCH, REJECT)
        return (self.item["proposed_action"], REJECT)


def entries_of(database: psycopg.Connection, items: Iterable[Item]) -> Iterator[Entry]:
    """The entries of items about staged rows and of questions about entities, in their order."""
    items = [item for item in items if item["staging_table"] or is_about_entities(item)]
    sources = {source.key: source for source in reviewed_sources()}
    rows: dict[tuple[uuid.UUID, int], tuple[str, dict[str, str]]] = {}
    for key, batches in numbers_of(items).items():
        for batch, numbers in batches.items():
            for number, state, payload in _rows(database, sources[key], batch, numbers):
                rows[batch, number] = (state, _cells(sources[key], payload))
    for item in items:
        state, cells = rows.get((item["import_batch_id"], item["row_number"]), ("", {}))
        yield Entry(item, _fingerprint(item, state), cells)


def _rows(
    database: psycopg.Connection, source: Source, batch: uuid.UUID, numbers: list[int]
) -> list[tuple[int, str, dict]]:
    statement = sql.SQL(
        """
        select row_number,
            concat_ws(' ', review_status, content_hash, md5(edited_payload::text)),
            coalesce(edited_payload, raw_payload)
        from {} where import_batch_id = %s and row_number = any(%s)
        """
    ).format(sql.Identifier(STAGING, source.landing))
    return database.execute(statement, [batch, numbers]).fetchall()


def _cells(source: Source, payload: dict) -> dict[str, str]:
    return {
        name: str(payload.get(heading_in(payload, headings), ""))
        for name, headings in headings_of(source).items()
        if name not in source.secret_columns
    }


def _fingerprint(item: Item, state: str) -> str:
    parts = (
        *("waiting_reason", "proposed_action", "target", "target_id", "candidate_entity_id"),
        *("score", "problem_codes"),
    )
    return stable_id(state, *(str(item[part]) for part in parts)).hex[:16]
