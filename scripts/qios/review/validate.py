"""Makes staged rows ready for a decision: values read, problems known, policies applied."""

import uuid

import psycopg
from psycopg import sql

from qios.intake.jobs import job
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.review.normalize import normalize
from qios.review.rows import find_rows, note_decision, set_status
from qios.review.transitions import QIOS, deciding, may_become


def validate(database: psycopg.Connection, jobs: psycopg.Connection) -> dict[str, int]:
    """Validate every batch that waits for it; batches validated, by source.

    A row with a problem code comes to need a review. The codes themselves are the typed view's.
    """
    validated = {}
    for source in reviewed_sources():
        if not _batches(database, source, waiting=True):
            continue
        with job(jobs, "validate") as running, deciding(database):
            # Rows staged from here on wait for the next validation: their values are not read yet.
            batches = _batches(database, source, waiting=True)
            running.file_count = len(batches)
            _tell_planner(database, STAGING, source.landing)
            if normalize(database, source):
                _tell_planner(database, "qinexus", "normalized_values")
            _move(database, source, batches, "pending", "needs_review", with_problems=True)
            database.execute(
                """
                update qinexus.import_batches
                set status = 'validated', validated_at = now(), updated_at = now()
                where id = any(%s)
                """,
                [batches],
            )
        validated[source.key] = len(batches)
    return validated


def apply_policies(database: psycopg.Connection) -> dict[str, int]:
    """Approve the valid rows of the sources whose policy says so; rows approved, by source."""
    approved = {}
    for source in reviewed_sources():
        if source.approves_valid_rows:
            with deciding(database):
                batches = _batches(database, source, waiting=False)
                approved[source.key] = _move(
                    database, source, batches, "pending", "approved", with_problems=False
                )
    return approved


def _tell_planner(database: psycopg.Connection, schema: str, table: str) -> None:
    """Measure a table anew. From the statistics of before the import the planner expects next to
    no row, and reads the table once for each row of another."""
    database.execute(sql.SQL("analyze {}").format(sql.Identifier(schema, table)))


def _batches(database: psycopg.Connection, source: Source, *, waiting: bool) -> list[uuid.UUID]:
    """The batches of a source that wait to be validated, or those that do not any more."""
    rows = database.execute(
        "select id from qinexus.import_batches where source_id = %s and (status = 'staged') = %s",
        [source.id, waiting],
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
        "by": f"policy {source.row['review_policy']}",
        "reason": "has problems" if with_problems else "every value could be read",
    }
    changed = set_status(database, source, found, [status], decision)
    note_decision(database, source.landing, changed, decision)
    return sum(changed.values())
