"""The staged rows that wait, as a list."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import registered_sources
from qios.review.selection import Selection

COLUMNS = (
    *("source_key", "import_batch_id", "path", "row_number", "review_status", "display_name"),
    "problem_codes",
)


def waiting_rows(
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


def count_by_status(database: psycopg.Connection, statuses: tuple[str, ...]) -> dict[str, int]:
    """Review status → number of rows that have it, over all sources; no status without rows."""
    counts: dict[str, int] = {}
    for source in registered_sources().values():
        statement = sql.SQL(
            "select review_status, count(*) from {} where review_status = any(%s) group by 1"
        ).format(sql.Identifier(STAGING, source.landing))
        for status, number in database.execute(statement, [list(statuses)]):
            counts[status] = counts.get(status, 0) + number
    return counts
