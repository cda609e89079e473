"""The items of the queue as a person is told of them: what waits, why, and what is proposed."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.errors import Findings, UsageError
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.review.links import LINKS, QUEUE, Relation, relations_of
from qios.review.queue import DUPLICATE
from qios.review.selection import LINKED, OPEN, SHORT_ID, Selection

Item = dict[str, Any]
"""item_id, waiting_reason, item_status, assigned_to, source_key, staging_table, import_batch_id,
row_number, path, target (`schema.table`), proposed_action, target_id, candidate_entity_id, score,
explanation, problem_codes, capture_event_id, decision, candidate (its name), asking (the name of
the entity that a question is about), display_name and, of a staged row, review_status."""

ITEMS = sql.SQL(
    """
    select item.id as item_id, item.waiting_reason, item.status as item_status, item.assigned_to,
        item.source_system as source_key, item.staging_table, item.import_batch_id,
        item.row_number, file.path, item.target_schema || '.' || item.target_table as target,
        item.proposed_action, item.target_id, item.candidate_entity_id, item.score::float8 as score,
        item.explanation, coalesce(item.problem_codes, '{{}}') as problem_codes,
        item.capture_event_id, item.decision, candidate.display_name as candidate,
        asking.display_name as asking
    from {items}
    left join qinexus.files as file on file.id = item.source_file_id
    left join core.entities as candidate on candidate.id = item.candidate_entity_id
    left join core.entities as asking
        on item.target_table = 'entities' and asking.id = item.target_id
    where {condition}
    order by {order}
    limit {limit}
    """
)


def find_items(
    database: psycopg.Connection, selection: Selection, limit: int | None = None
) -> list[Item]:
    """The open items of a selection, or those that it names: the longest waiting first, of links
    the most doubtful."""
    condition, values = selection.item_condition()
    return _items(database, relations_of(selection), condition, values, limit)


def item_ids(database: psycopg.Connection, selection: Selection) -> list[uuid.UUID]:
    """The open items of a selection by their ids alone, in the same order."""
    condition, values = selection.item_condition()
    found: list[uuid.UUID] = []
    for relation in relations_of(selection):
        statement = sql.SQL(
            "select item.id from {} where {} and item.status = any(%(those)s) order by {}"
        ).format(relation.items, condition, relation.order)
        rows = database.execute(statement, values | {"those": list(OPEN)})
        found += [item for (item,) in rows]
    return found


def items_by_id(database: psycopg.Connection, ids: Sequence[uuid.UUID]) -> list[Item]:
    """The items that have these ids, open or not."""
    named = sql.SQL("item.id = any(%(ids)s)")
    return _items(database, (QUEUE, LINKS), named, {"ids": list(ids)}, None)


def _items(
    database: psycopg.Connection,
    relations: Sequence[Relation],
    condition: sql.Composable,
    values: dict[str, object],
    limit: int | None,
) -> list[Item]:
    items: list[Item] = []
    with database.cursor(row_factory=dict_row) as cursor:
        for relation in relations:
            statement = ITEMS.format(
                **relation._asdict(), condition=condition, limit=sql.Literal(limit)
            )
            items += cursor.execute(statement, values).fetchall()
    _name(database, items)
    return items


def one_item(database: psycopg.Connection, named: str) -> Item:
    """The item whose id begins so. Raises UsageError where none does, or several do."""
    items = find_items(database, Selection(items=(named,)))
    if len(items) != 1:
        found = "no item of the queue" if not items else f"{len(items)} items of the queue"
        raise UsageError(
            f"{found} has an id that begins with {named}",
            "give the item's letters that `qios review list` shows, more of them if needed",
        )
    return items[0]


def source_of(item: Item) -> Source | None:
    """The source of the staged row that the item is about; None where it is about none. Raises
    Findings where the registry has no such source."""
    return _reviewed(item["source_key"]) if item["staging_table"] else None


def is_about_entities(item: Item) -> bool:
    """Whether it asks if two entities are one, so that no row waits for the answer."""
    return item["waiting_reason"] in (DUPLICATE, LINKED) and not item["staging_table"]


def _reviewed(key: str) -> Source:
    """The source that an item names."""
    for source in reviewed_sources():
        if source.key == key:
            return source
    raise Findings(
        f"qiaccess.classification_queue.source_system: {key!r} is the key of no source whose rows "
        "are reviewed (rule: qinexus.sources.source_key names it)",
        "write the source's key there, or withdraw the items: set their status to `withdrawn`",
    )


def numbers_of(items: Iterable[Item]) -> dict[str, dict[uuid.UUID, list[int]]]:
    """Source key -> batch -> numbers of the staged rows that the items are about."""
    found: dict[str, dict[uuid.UUID, list[int]]] = {}
    for item in items:
        if item["staging_table"]:
            of_source = found.setdefault(item["source_key"], {})
            of_source.setdefault(item["import_batch_id"], []).append(item["row_number"])
    return found


def count_waiting(database: psycopg.Connection) -> dict[str, int]:
    """Why items wait -> how many; no reason for which none does."""
    rows = database.execute(
        """
        select waiting_reason, count(*) from qiaccess.classification_queue
        where status = any(%s) group by 1 order by 2 desc, 1
        """,
        [list(OPEN)],
    )
    return dict(rows.fetchall())


def _name(database: psycopg.Connection, items: list[Item]) -> None:
    """Give items what names them to a person; those about staged rows also where the review of
    the row stands."""
    told = _of_rows(database, items)
    titles = _of_captures(database, items)
    for item in items:
        row = (item["import_batch_id"], item["row_number"])
        item["display_name"], item["review_status"] = told.get(row, (None, None))
        if item["capture_event_id"]:
            item["display_name"] = titles.get(item["capture_event_id"])
        elif not item["staging_table"] and item["target_id"]:
            named = f"{item['target']} {str(item['target_id'])[:SHORT_ID]}"
            item["display_name"] = item["asking"] or _compared_name(item) or named


def _compared_name(item: Item) -> str | None:
    """What somebody is called who is asked about before being promoted."""
    if not isinstance(item["explanation"], list):
        return None
    told = {entry["field"]: entry.get("left") for entry in item["explanation"]}
    person = (told.get("given_name"), told.get("family_name"))
    return told.get("name") or " ".join(filter(None, person)) or None


def _of_rows(
    database: psycopg.Connection, items: list[Item]
) -> dict[tuple[uuid.UUID, int], tuple[str, str]]:
    """(batch, row number) -> (what names the row, its review status)."""
    told: dict[tuple[uuid.UUID, int], tuple[str, str]] = {}
    for key, batches in numbers_of(items).items():
        source = _reviewed(key)
        statement = sql.SQL(
            """
            select row_number, {}::text, review_status from {}
            where import_batch_id = %s and row_number = any(%s)
            """
        ).format(sql.Identifier(source.label_column), sql.Identifier(STAGING, source.view))
        for batch, numbers in batches.items():
            for number, label, status in database.execute(statement, [batch, numbers]):
                told[batch, number] = (label, status)
    return told


def _of_captures(database: psycopg.Connection, items: list[Item]) -> dict[uuid.UUID, str]:
    """Capture event -> the title of the entry that was made of it."""
    captures = [item["capture_event_id"] for item in items if item["capture_event_id"]]
    if not captures:
        return {}
    rows = database.execute(
        "select capture_event_id, title from qiaccess.quick_entries"
        " where capture_event_id = any(%s)",
        [captures],
    )
    return dict(rows.fetchall())
