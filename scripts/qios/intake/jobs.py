"""A row of qinexus.ingestion_jobs for each run of a step: what was asked, and how it ended."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from qios import __version__
from qios.errors import QiosError
from qios.gate import clean_text
from qios.intake.accounting import RowCounts


@dataclass
class Job:
    """What a running step tells about itself; written when it ends."""

    file_count: int = 0
    rows: RowCounts = field(default_factory=RowCounts)
    exit_code: int = 0


@contextmanager
def job(database: psycopg.Connection, job_type: str) -> Iterator[Job]:
    """Record a step. `database` is an autocommit connection that the step's own work does not use.

    A step that is killed stays `running`; the next step of its type notes it as interrupted.
    """
    running = Job()
    database.execute(
        """
        update qinexus.ingestion_jobs set status = 'interrupted', ended_at = now()
        where job_type = %s and status = 'running'
            and not exists (
                select from pg_catalog.pg_stat_activity
                where application_name = 'qios job ' || ingestion_jobs.id
            )
        """,
        [job_type],
    )
    (job_id,) = database.execute(
        """
        insert into qinexus.ingestion_jobs (job_type, command, tool_version)
        values (%s, %s, %s) returning id
        """,
        [job_type, clean_text(" ".join(["qios", *sys.argv[1:]])), __version__],
    ).fetchone()
    # Lives as long as this process: another run sees by it that the job is not dead.
    database.execute("select set_config('application_name', %s, false)", [f"qios job {job_id}"])
    try:
        yield running
    except BaseException as error:
        _end(database, job_id, running, "failed", error)
        raise
    _end(database, job_id, running, "succeeded", None)


def _end(
    database: psycopg.Connection, job_id: str, job: Job, status: str, error: BaseException | None
) -> None:
    if database.closed:
        return  # the server is gone; the job is found interrupted later
    known = error if isinstance(error, QiosError) else None
    rows = job.rows
    database.execute(
        """
        update qinexus.ingestion_jobs
        set status = %s, ended_at = now(), updated_at = now(), file_count = %s,
            rows_read = %s, rows_staged = %s, rows_rejected = %s, rows_repeated = %s,
            exit_code = %s, error_code = %s, error_message = %s
        where id = %s
        """,
        [
            *(status, job.file_count, rows.read, rows.staged, rows.rejected, rows.repeated),
            known.exit_code if known else (job.exit_code if error is None else 1),
            type(error).__name__ if error else None,
            # Only our own messages are known to hold no cell of a file; a path may hold a secret.
            clean_text(known.message) if known else None,
            job_id,
        ],
    )
