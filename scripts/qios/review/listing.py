"""Staged rows by where their review stands, as a list and as numbers."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from qios.errors import UsageError
from qios.intake.landing import STAGING
from qios.intake.sources import reviewed_sources
from qios.review.selection import Selection

COLUMNS = (
    *("source_key", "import_batch_id", "path", "row_number", "review_status", "display_name"),
    "problem_codes",
)


def staged_rows(
    database: psycopg.Connection, selection: Selection, limit: int | None
) -> Iterator[dict[str, object]]:
    """Rows of the selection with COLUMNS, in the order in which they were staged."""
    condition, values = selection.condition()
    for source in selection.sources():
        statement = sql.SQL(
            """
            select {source}, row.import_batch_id, file.path, row.row_number, row.review_status,
                row.{label}, row.problem_codes
            from {view} as row
            inner join qinexus.files as file on file.id = row.source_file_id
            where {condition}
            order by row.created_at, row.row_number
            limit {limit}
            """
        ).format(
            source=source.key,
            label=sql.Identifier(source.label_column),
            view=sql.Identifier(STAGING, source.view),
            condition=condition,
            limit=limit,
        )
        for row in database.execute(statement, values):
            yield dict(zip(COLUMNS, row, strict=True))


def count_refused(database: psycopg.Connection) -> int:
    """The rows of current files that could not be staged, and were neither tried again since nor
    dismissed."""
    return database.execute(
        """
        select count(*)
        from staging.import_rows as refused
        inner join qinexus.import_batches as batch on batch.id = refused.import_batch_id
        inner join qinexus.file_versions as version on version.id = batch.file_version_id
        inner join qinexus.files as file
            on file.id = version.file_id and file.current_version_number = version.version_number
        where refused.retried_at is null and refused.review_status <> 'rejected'
        """
    ).fetchone()[0]


def count_by_status(database: psycopg.Connection, statuses: tuple[str, ...]) -> dict[str, int]:
    """Review status → number of rows that have it, over all sources; no status without rows."""
    counts: dict[str, int] = {}
    for source in reviewed_sources():
        statement = sql.SQL(
            "select review_status, count(*) from {} where review_status = any(%s) group by 1"
        ).format(sql.Identifier(STAGING, source.landing))
        for status, number in database.execute(statement, [list(statuses)]):
            counts[status] = counts.get(status, 0) + number
    return counts


def refuse_ambiguous_rows(database: psycopg.Connection, selection: Selection) -> None:
    """UsageError where row numbers are meant, no batch is named, and rows of several are there."""
    if not selection.rows or selection.batch:
        return
    batches = {row["import_batch_id"] for row in staged_rows(database, selection, None)}
    if len(batches) > 1:
        names = ", ".join(sorted(str(batch)[:8] for batch in batches))
        raise UsageError(
            f"rows {selection.rows} stand in {len(batches)} batches: {names}",
            "name one of them by --batch",
        )
