"""What `qios status` shows: sources and tables with their rows, what waits, the last jobs."""

from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.intake.landing import STAGING
from qios.intake.sources import registered_sources
from qios.review.selection import OPEN

LAST_JOBS = 5


def glance(database: psycopg.Connection) -> dict[str, Any]:
    """{headline, sources, tables, waiting, jobs}; lists of rows with equal keys."""
    database.row_factory = dict_row
    tables = _tables(database)
    result = {
        "sources": _sources(database),
        "tables": tables,
        "waiting": _waiting(database),
        "jobs": _jobs(database),
    }
    registered = database.execute(
        """
        select count(distinct schema_id) as schemas, count(*) as tables
        from qieos.tables where deprecated_at is null and relation_type = 'table'
        """
    ).fetchone()
    headline = (
        f"{registered['tables']} governed tables in {registered['schemas']} schemas, "
        f"{len(tables)} of the fed ones hold rows"
    )
    return {"headline": headline} | result


def _sources(database: psycopg.Connection) -> list[dict[str, Any]]:
    rows = []
    for source in registered_sources().values():
        statement = sql.SQL(
            """
            select review_status, count(*) as number from {}
            where import_batch_id in (select id from qinexus.import_batches where source_id = %s)
            group by 1 order by 1
            """
        ).format(sql.Identifier(STAGING, source.landing))
        by_status = database.execute(statement, [source.id]).fetchall()
        staged = ", ".join(f"{row['number']} {row['review_status']}" for row in by_status)
        files = database.execute(
            """
            select count(*) as files, coalesce(sum(rows_read), 0) as read,
                coalesce(sum(rows_rejected), 0) as rejected,
                coalesce(sum(rows_repeated), 0) as repeated
            from qinexus.import_files
            inner join qinexus.import_batches on import_batches.id = import_files.import_batch_id
            where import_batches.source_id = %s
            """,
            [source.id],
        ).fetchone()
        rows.append({"source": source.key} | files | {"staged rows": staged})
    return rows


def _tables(database: psycopg.Connection) -> list[dict[str, Any]]:
    """The tables that sources feed, with the exact number of their rows; empty ones left out."""
    names = database.execute(
        "select distinct target_schema, target_table from qinexus.source_values order by 1, 2"
    ).fetchall()
    rows = []
    for name in names:
        relation = sql.Identifier(name["target_schema"], name["target_table"])
        number = database.execute(sql.SQL("select count(*) as n from {}").format(relation))
        rows.append(
            {
                "table": f"{name['target_schema']}.{name['target_table']}",
                "rows": number.fetchone()["n"],
            }
        )
    return [row for row in rows if row["rows"]]


def _waiting(database: psycopg.Connection) -> list[dict[str, Any]]:
    """Why items of the review queue wait, how many, and for how many a person is named."""
    return database.execute(
        """
        select waiting_reason as reason, count(*) as items, count(assigned_to) as assigned
        from qiaccess.classification_queue where status = any(%s)
        group by 1 order by 2 desc, 1
        """,
        [list(OPEN)],
    ).fetchall()


def _jobs(database: psycopg.Connection) -> list[dict[str, Any]]:
    return database.execute(
        """
        select job_type as job, status, to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') as started,
            file_count as files, rows_read as read, exit_code as exit, error_message as error
        from qinexus.ingestion_jobs order by started_at desc limit %s
        """,
        [LAST_JOBS],
    ).fetchall()
