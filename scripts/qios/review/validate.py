"""Makes staged rows ready for a decision: values read, problems known, policies applied."""

import uuid

import psycopg
from psycopg import sql

from qios.intake.jobs import job
from qios.intake.sources import Source, registered_sources
from qios.review.normalize import normalize
from qios.review.transitions import QIOS, deciding, may_become


def validate(database: psycopg.Connection, jobs: psycopg.Connection) -> dict[str, int]:
    """Validate every batch that waits for it; batches validated, by source.

    A row with a problem code comes to need a review. The codes themselves are the typed view's.
    """
    validated = {}
    for source in registered_sources().values():
        if not _batches(database, source, waiting=True):
            continue
        with job(jobs, "validate") as running, deciding(database):
            # Rows staged from here on wait for the next validation: their values are not read yet.
            batches = _batches(database, source, waiting=True)
            running.file_count = len(batches)
            normalize(database, source)
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
    for source in registered_sources().values():
        if source.approves_valid_rows:
            with deciding(database):
                batches = _batches(database, source, waiting=False)
                approved[source.key] = _move(
                    database, source, batches, "pending", "approved", with_problems=False
                )
    return approved


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
    return database.execute(
        sql.SQL(
            """
            update staging.{landing} as landing
            set review_status = %(becomes)s, reviewed_at = now(), reviewed_by = %(policy)s,
                review_reason = %(reason)s
            from staging.{view} as row
            where landing.import_batch_id = any(%(batches)s)
                and landing.review_status = %(status)s
                and row.review_status = %(status)s
                and row.import_batch_id = landing.import_batch_id
                and row.row_number = landing.row_number
                and (cardinality(row.problem_codes) > 0) = %(with_problems)s
            """
        ).format(landing=sql.Identifier(source.landing), view=sql.Identifier(source.view)),
        {
            "batches": batches,
            "status": status,
            "becomes": becomes,
            "policy": f"policy {source.row['review_policy']}",
            "reason": "has problems" if with_problems else "every value could be read",
            "with_problems": with_problems,
        },
    ).rowcount
