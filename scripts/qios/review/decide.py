"""Decisions over staged rows: who, when, why, on each row; and an event for the whole decision."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.gate import clean_text
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.person import person
from qios.review.duplicates import MEANS, decide_duplicates, without_duplicates
from qios.review.queue import close, staged_numbers
from qios.review.rows import Numbers, note_decision, set_status
from qios.review.selection import Selection
from qios.review.transitions import PERSON, deciding, may_become
from qios.review.unasked import withdraw_unasked

NAMED = sql.SQL("row.import_batch_id = %(batch)s and row.row_number = any(%(numbers)s)")
FOUND = sql.SQL(
    """
    select row.import_batch_id,
        array_agg(row.row_number) filter (where row.review_status = any(%(allowed)s)),
        count(*) filter (where row.review_status = %(status)s),
        count(*) filter (where row.review_status <> %(status)s
            and not row.review_status = any(%(allowed)s))
    from {} as row where {} group by row.import_batch_id
    """
)
APPROVED, REJECTED = "approved", "rejected"


@dataclass
class Decided:
    """Numbers of rows. unchanged: had the status already. refused: stand where the registry allows
    no such step. unanswered: may be duplicates, and nobody said whether they are. told: messages
    about what was refused."""

    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    unanswered: int = 0
    told: list[str] = field(default_factory=list)


def decide(
    database: psycopg.Connection,
    selection: Selection,
    status: str,
    reason: str | None,
    duplicates_are: str | None = None,
) -> Decided:
    """Give the selected rows a status, all or none.

    duplicates_are: `new` or `match`, said of the rows that may tell of a known entity. Where
    nothing is said of them they are not approved.
    """
    decided = Decided()
    why = clean_text(reason) if reason else None
    with deciding(database), acting(database, f"review_{status}", why):
        allowed = may_become(database, status, PERSON)
        decision = {"status": status, "by": person(), "reason": why}
        for source, relation, condition, values in _conditions(database, selection):
            values |= {"status": status, "allowed": allowed}
            found: Numbers = {}
            rows = database.execute(
                FOUND.format(sql.Identifier(STAGING, relation), condition), values
            )
            for batch, numbers, same, refused in rows:
                decided.unchanged += same
                decided.refused += refused
                if numbers:
                    found[batch] = numbers
            if status == APPROVED and not duplicates_are:
                found, unanswered = without_duplicates(database, found)
                decided.unanswered += unanswered
            decided.changed += apply(database, source, found, decision, duplicates_are)
    return decided


def apply(
    database: psycopg.Connection,
    source: Source,
    found: Numbers,
    decision: dict[str, object],
    duplicates_are: str | None,
) -> int:
    """Write a decision {status, by, reason} down: on the rows, in the queue, about the pairs of
    possible duplicates, in the journal; how many rows it changed."""
    if decision["status"] == APPROVED and duplicates_are in MEANS:
        decide_duplicates(database, source, found, duplicates_are, decision)
    earlier = may_become(database, str(decision["status"]), PERSON)
    changed = set_status(database, source, found, earlier, decision)
    note_decision(database, source.landing, changed, decision)
    close(database, found, decision, duplicates_are)
    if decision["status"] == REJECTED:
        withdraw_unasked(database, source, found)
    return sum(changed.values())


def _conditions(
    database: psycopg.Connection, selection: Selection
) -> Iterator[tuple[Source, str, sql.Composable, dict[str, object]]]:
    """(source, relation, condition over its `row`, parameters) of what is selected: the typed view,
    or the landing table where the queue knows which rows are meant."""
    if not selection.names_items():
        for source in selection.sources():
            condition, values = selection.condition()
            yield source, source.view, condition, values
        return
    numbers = staged_numbers(database, selection)
    for source in selection.sources():
        for batch, these in numbers.get(source.landing, {}).items():
            yield source, source.landing, NAMED, {"batch": batch, "numbers": these}
