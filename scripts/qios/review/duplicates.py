"""Who may be an entity that is known already: whether it is so is decided once, and holds for the
pair of entities, not for the row that told of one."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.errors import UsageError
from qios.identity.apart import held_together, take_apart
from qios.identity.pairs import DISTINCT, SAME, PairDecision, decide_pairs, pair
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.matching.asking import ask_next
from qios.matching.propose import propose_anew
from qios.review.links import LINKS, QUEUE
from qios.review.proposals import targets
from qios.review.queue import DUPLICATE
from qios.review.rows import Numbers
from qios.review.selection import LINKED, OPEN

PEOPLE = ("core", "people")
"""Whom a row may tell of that is known already."""

NEW, MATCH = "new", "match"
MEANS = {NEW: DISTINCT, MATCH: SAME}


class Answer(NamedTuple):
    """Whether two entities are NEW, hence two, or MATCH; and why."""

    they_are: str
    reason: str | None


HELD = "{} are held for one by way of others, too"
TAKE_BACK = "take back what links one of them with a third as well: `qios review list --linked`"


def without_duplicates(database: psycopg.Connection, found: Numbers) -> tuple[Numbers, int]:
    """The rows about which nobody has to say whether they are duplicates, and how many others."""
    kept, left_out = {}, 0
    for batch, numbers in found.items():
        asked = {item["row_number"] for item in _open_duplicates(database, batch, numbers)}
        left_out += len(asked)
        if certain := [number for number in numbers if number not in asked]:
            kept[batch] = certain
    return kept, left_out


def decide_duplicates(
    database: psycopg.Connection,
    source: Source,
    found: Numbers,
    they_are: str,
    decision: dict[str, object],
) -> int:
    """Decide about each row's pair: `they_are` new or match; how many decisions are news. Whoever
    is new is asked about next likeliest candidates, as an entity."""
    pairs: dict[tuple[uuid.UUID, uuid.UUID], PairDecision] = {}
    for batch, numbers in found.items():
        items = list(_open_duplicates(database, batch, numbers))
        entities = _entities(database, source, batch, [item["row_number"] for item in items])
        for item in items:
            row, candidate = entities[item["row_number"]], item["candidate_entity_id"]
            if candidate is not None:
                pairs[pair(row, candidate)] = PairDecision(
                    row,
                    candidate,
                    MEANS[they_are],
                    str(decision["by"]),
                    decision["reason"],
                    item["score"] if item["score"] is None else float(item["score"]),
                    item["explanation"],
                )
    if not pairs:
        return 0
    news = decide_pairs(database, pairs.values())
    if they_are == NEW:
        ask_next(database, {decided.left for decided in pairs.values()})
    return news


def decide_questions(
    database: psycopg.Connection, answers: Mapping[uuid.UUID, Answer], by: str
) -> int:
    """Decide about two entities each, which no row waits for; how many open items that answers.
    Of whom it is denied, the next likeliest candidate is asked. A link that is denied is undone;
    UsageError where others hold its two together all the same.

    answers: by the ids of the items.
    """
    decisions, asking, denied = [], set(), []
    for item in _open_questions(database, answers):
        they_are, reason = answers[item["id"]]
        two = (item["target_id"], item["candidate_entity_id"])
        compared = (item["score"], item["explanation"])
        decisions.append(PairDecision(*two, MEANS[they_are], by, reason, *compared))
        if they_are == NEW and item["waiting_reason"] == LINKED:
            denied.append(pair(*two))
            asking.update(two)
        elif they_are == NEW:
            asking.add(item["target_id"])
    for one, other in held_together(database, denied):
        raise UsageError(HELD.format(f"{one} and {other}"), TAKE_BACK)
    decide_pairs(database, decisions)
    if denied:
        take_apart(database, denied)
    if asking:
        ask_next(database, asking)
    if denied:
        propose_anew(database, {entity for two in denied for entity in two})
    return len(decisions)


def _open_questions(
    database: psycopg.Connection, items: Iterable[uuid.UUID]
) -> list[dict[str, Any]]:
    """The open ones of these items, which are about two entities each."""
    found: list[dict[str, Any]] = []
    with database.cursor(row_factory=dict_row) as cursor:
        for relation in (QUEUE, LINKS):
            statement = sql.SQL(
                """
                select item.id, item.waiting_reason, item.target_id, item.candidate_entity_id,
                    item.score::float8 as score, item.explanation
                from {} where item.id = any(%s) and item.status = any(%s)
                """
            ).format(relation.items)
            found += cursor.execute(statement, [list(items), list(OPEN)]).fetchall()
    return found


def _open_duplicates(
    database: psycopg.Connection, batch: uuid.UUID, numbers: list[int]
) -> Iterator[dict[str, Any]]:
    with database.cursor(row_factory=dict_row) as cursor:
        yield from cursor.execute(
            """
            select row_number, candidate_entity_id, score, explanation
            from qiaccess.classification_queue
            where import_batch_id = %s and row_number = any(%s) and waiting_reason = %s
                and status = any(%s)
            """,
            [batch, numbers, DUPLICATE, list(OPEN)],
        )


def _entities(
    database: psycopg.Connection, source: Source, batch: uuid.UUID, numbers: list[int]
) -> dict[int, uuid.UUID]:
    """Row number -> the person that the row tells of."""
    if not numbers:
        return {}
    key = next(t.key for t in targets(source) if (t.schema, t.table) == PEOPLE)
    statement = sql.SQL(
        "select row_number, {} from {} where import_batch_id = %s and row_number = any(%s)"
    ).format(sql.Identifier(key), sql.Identifier(STAGING, source.view))
    return dict(database.execute(statement, [batch, numbers]).fetchall())
