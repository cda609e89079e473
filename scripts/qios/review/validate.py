"""Makes staged rows ready for a decision: values read, problems known, policies applied."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from qios.forget.again import mark_waiting, take_out_known
from qios.forget.naming import mark_naming, take_out_names
from qios.forget.staged import keep_out
from qios.intake.jobs import job
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.matching.propose import propose
from qios.person import POLICY
from qios.review.normalize import normalize
from qios.review.queue import fill, withdraw
from qios.review.rows import find_rows, note_decision, set_status
from qios.review.selection import batch_prefix
from qios.review.transitions import QIOS, deciding, may_become
from qios.validation.judge import Judged, judging
from qios.validation.verdict import Verdict

OPEN_BATCHES = ("staged", "validated", "in_review", "partially_promoted")
"""The statuses of batches in which rows may wait for a decision."""


@dataclass(frozen=True)
class Batch:
    """rows: how many were staged. seen_at: the last change of it that was seen."""

    id: uuid.UUID
    rows: int
    seen_at: datetime


def validate(
    database: psycopg.Connection, jobs: psycopg.Connection, again: str | None = None
) -> list[uuid.UUID]:
    """Validate every batch that waits for it, or once more the one whose id begins so; their ids.

    A row with a problem code comes to need a review, and so do all rows of a batch that fails as a
    whole. The codes are the typed view's; the verdict on the batch is that of Great Expectations,
    which looks at it by itself.
    """
    validated: list[uuid.UUID] = []
    waiting = _waiting(database, again)
    if not waiting:
        return validated
    with judging() as judge:
        for source, batches in waiting.items():
            with job(jobs, "validate") as running:
                running.file_count = len(batches)
                returning = _read(database, source, [batch.id for batch in batches])
                judged: dict[uuid.UUID, list[Judged]] = {batch.id: [] for batch in batches}
                if with_rows := [batch.id for batch in batches if batch.rows]:
                    judged |= judge(source, with_rows)
                if _conclude(database, source, judged, batches, returning):
                    running.exit_code = 1
            validated += judged
    return validated


def _read(
    database: psycopg.Connection, source: Source, batches: list[uuid.UUID]
) -> dict[uuid.UUID, list[int]]:
    """Have libraries read the values of the rows that are there by now, but for the forgotten;
    batch -> the rows that may be of a forgotten person."""
    with deciding(database):
        _tell_planner(database, STAGING, source.landing)
        keep_out(database, source, batches)
        take_out_names(database, source, batches)
        returning = take_out_known(database, source, batches)
        if normalize(database, source):
            _tell_planner(database, "qinexus", "normalized_values")
    return returning


def _conclude(
    database: psycopg.Connection,
    source: Source,
    judged: Mapping[uuid.UUID, Sequence[Judged]],
    batches: Sequence[Batch],
    returning: Mapping[uuid.UUID, Sequence[int]],
) -> bool:
    """Write the verdicts down, move the rows that they concern, and have those that wait for a
    person wait in the queue; whether some batch failed.

    A batch of which somebody edited a row meanwhile waits on: nobody has judged that edit.
    """
    verdicts = []
    seen_at = {batch.id: batch.seen_at for batch in batches}
    with deciding(database):
        for batch, outcome in judged.items():
            _forget_codes(database, source, batch)
            for found in outcome:
                if found.rows or found.at_large:
                    _give_code(database, source, batch, found)
            verdicts.append(Verdict.of(outcome))
            database.execute(
                """
                update qinexus.import_batches
                set stats = coalesce(stats, '{}'::jsonb) || jsonb_build_object('validation', %s),
                    status = case when status = 'staged' then 'validated' else status end,
                    validated_at = case when updated_at = %s then now() else validated_at end,
                    updated_at = now()
                where id = %s
                """,
                [Jsonb(verdicts[-1].as_dict()), seen_at[batch], batch],
            )
        mark_naming(database, source, list(judged))
        mark_waiting(database, source, returning)
        propose(database, source, list(judged))
        _move(database, source, list(judged), "pending", "needs_review", with_problems=True)
        withdraw(database, source.landing)
        fill(database, source, list(judged))
    return any(verdict.failed for verdict in verdicts)


def _forget_codes(database: psycopg.Connection, source: Source, batch: uuid.UUID) -> None:
    """Take back what an earlier validation of the batch found."""
    statement = sql.SQL(
        "update {} set problem_codes = null where import_batch_id = %s and problem_codes <> '{{}}'"
    ).format(sql.Identifier(STAGING, source.landing))
    database.execute(statement, [batch])


def _give_code(
    database: psycopg.Connection, source: Source, batch: uuid.UUID, found: Judged
) -> None:
    """Give a code to the rows that break an expectation; to all where it is the batch that does."""
    statement = sql.SQL(
        """
        update {} set problem_codes = array_append(problem_codes, %(code)s)
        where import_batch_id = %(batch)s
            and (%(rows)s::int8[] = '{{}}' or row_number = any(%(rows)s::int8[]))
        """
    ).format(sql.Identifier(STAGING, source.landing))
    given = {"code": found.expectation.code, "batch": batch, "rows": list(found.rows)}
    database.execute(statement, given)


def apply_policies(database: psycopg.Connection) -> dict[str, int]:
    """Approve the valid rows of the sources whose policy says so; rows approved, by source."""
    approved = {}
    for source in reviewed_sources():
        if source.approves_valid_rows:
            with deciding(database):
                batches = _judged_before(database, source)
                approved[source.key] = _move(
                    database, source, batches, "pending", "approved", with_problems=False
                )
                withdraw(database, source.landing)
    return approved


def _tell_planner(database: psycopg.Connection, schema: str, table: str) -> None:
    """Measure a table anew. From the statistics of before the import the planner expects next to
    no row, and reads the table once for each row of another."""
    database.execute(sql.SQL("analyze {}").format(sql.Identifier(schema, table)))


def _waiting(database: psycopg.Connection, named: str | None) -> dict[Source, list[Batch]]:
    """Source -> its batches that wait to be validated, or the one named; a row that was edited
    lets its batch wait again. It is one question, for commands that only look ask it too."""
    waits = "validated_at is null and status = any(%(open)s)"
    which = waits if named is None else "id::text like %(named)s"
    values = {"named": named and batch_prefix(named) + "%", "open": list(OPEN_BATCHES)}
    statement = sql.SQL(
        "select source_id, id, row_count, updated_at from qinexus.import_batches where {}"
    )
    found: dict[uuid.UUID, list[Batch]] = {}
    for source_id, *batch in database.execute(statement.format(sql.SQL(which)), values):
        found.setdefault(source_id, []).append(Batch(*batch))
    return {source: found[source.id] for source in reviewed_sources() if source.id in found}


def _judged_before(database: psycopg.Connection, source: Source) -> list[uuid.UUID]:
    rows = database.execute(
        "select id from qinexus.import_batches where source_id = %s and status <> 'staged'",
        [source.id],
    )
    return [batch for (batch,) in rows]


def _move(
    database: psycopg.Connection,
    source: Source,
    batches: list[uuid.UUID],
    status: str,
    becomes: str,
    *,
    with_problems: bool,
) -> int:
    """Move the rows of these batches with or without problems; their number."""
    if status not in may_become(database, becomes, QIOS):
        return 0
    found = find_rows(
        database,
        source,
        sql.SQL(
            "row.import_batch_id = any(%(batches)s) and row.review_status = %(status)s"
            " and (cardinality(row.problem_codes) > 0) = %(with_problems)s"
        ),
        {"batches": batches, "status": status, "with_problems": with_problems},
    )
    decision = {
        "status": becomes,
        "by": f"{POLICY}{source.row['review_policy']}",
        "reason": "has problems" if with_problems else "every value could be read",
    }
    changed = set_status(database, source, found, [status], decision)
    note_decision(database, source.landing, changed, decision)
    return sum(changed.values())
