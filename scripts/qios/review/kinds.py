"""What waits is of several kinds, and each is decided where its meaning is known."""

import uuid
from collections.abc import Sequence
from contextlib import nullcontext

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.dbt import one_build
from qios.errors import UsageError
from qios.gate import clean_text
from qios.person import person
from qios.review.decide import APPROVED, Decided, decide
from qios.review.duplicates import MATCH, NEW, Answer, decide_questions
from qios.review.links import relations_of
from qios.review.queue import CAPTURE, CONFLICT, DUPLICATE
from qios.review.selection import LINKED, OPEN, Selection
from qios.review.transitions import deciding


def decide_items(
    database: psycopg.Connection,
    selection: Selection,
    status: str,
    reason: str | None,
    duplicates_are: str | None = None,
    to: str | None = None,
) -> Decided:
    """Decide about rows as decide() does, and about what is no row where the selection goes by
    what the queue knows. All or none.

    Approved, a conflict takes what the source says, a capture is handed over to the table `to` or
    to the one proposed, two entities are what `duplicates_are` says, and linked ones are one where
    nothing is said; rejected, what is held stays, the capture is discarded, and the entities are
    two.
    """
    others = _others(database, selection)
    if to and CAPTURE not in others:
        raise UsageError("--to is for what was captured, and none is selected", "name such items")
    links_are = (duplicates_are or MATCH) if status == APPROVED else NEW
    splits = LINKED in others and links_are == NEW
    with one_build() if splits else nullcontext(), deciding(database):
        decided = decide(database, selection, status, reason, duplicates_are)
        if conflicts := others.get(CONFLICT):
            _decide_conflicts(database, conflicts, status, reason, decided)
        if captures := others.get(CAPTURE):
            _decide_captures(database, captures, status, reason, to, decided)
        if questions := others.get(DUPLICATE):
            they_are = duplicates_are if status == APPROVED else NEW
            _decide_questions(database, questions, they_are, reason, decided)
        if links := others.get(LINKED):
            _decide_questions(database, links, links_are, reason, decided)
    return decided


def _decide_conflicts(
    database: psycopg.Connection,
    conflicts: Sequence[uuid.UUID],
    status: str,
    reason: str | None,
    decided: Decided,
) -> None:
    from qios.review.conflicts import OURS, THEIRS, decide_conflict

    side = THEIRS if status == APPROVED else OURS
    decided.changed += decide_conflict(database, conflicts, side, reason)


def _decide_captures(
    database: psycopg.Connection,
    captures: Sequence[uuid.UUID],
    status: str,
    reason: str | None,
    to: str | None,
    decided: Decided,
) -> None:
    from qios.capture.handoff import ACCEPT, REJECT, hand_over

    decision = ACCEPT if status == APPROVED else REJECT
    for outcome in hand_over(database, captures, decision, to, reason=reason):
        if outcome.message:
            decided.refused += 1
            decided.told.append(f"{outcome.message}; cure: {outcome.cure}")
        else:
            decided.changed += 1


def _decide_questions(
    database: psycopg.Connection,
    questions: Sequence[uuid.UUID],
    they_are: str | None,
    reason: str | None,
    decided: Decided,
) -> None:
    if not they_are:
        decided.unanswered += len(questions)
        return
    why = clean_text(reason) if reason else None
    with acting(database, "review_pairs", why):
        answers = dict.fromkeys(questions, Answer(they_are, why))
        decided.changed += decide_questions(database, answers, person())


def _others(database: psycopg.Connection, selection: Selection) -> dict[str, list[uuid.UUID]]:
    """Reason to wait -> open items of the selection that are about no staged row."""
    if not selection.names_items():
        return {}
    condition, values = selection.item_condition()
    others: dict[str, list[uuid.UUID]] = {}
    for relation in relations_of(selection):
        statement = sql.SQL(
            """
            select item.waiting_reason, array_agg(item.id) from {}
            where {} and item.staging_table is null and item.status = any(%(undecided)s)
            group by 1
            """
        ).format(relation.items, condition)
        others |= dict(database.execute(statement, values | {"undecided": list(OPEN)}).fetchall())
    return others
