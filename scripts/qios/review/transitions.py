"""Which review status may follow which, and who may say so: what qieos.statuses says."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

PERSON, QIOS = "person", "qios"


@contextmanager
def deciding(database: psycopg.Connection) -> Iterator[None]:
    """A transaction that may change many review statuses; one at a time, or two could deadlock."""
    with database.transaction():
        wait_to_decide(database)
        yield


def wait_to_decide(database: psycopg.Connection) -> None:
    """The same inside a transaction that is open already."""
    database.execute("select pg_advisory_xact_lock(hashtext('review_status'))")


def may_become(database: psycopg.Connection, status: str, set_by: str) -> list[str]:
    """The statuses from which `set_by` may move a row to `status`; empty where it may not."""
    rows = database.execute(
        """
        select earlier.status_key
        from qieos.statuses as earlier
        inner join qieos.statuses as later
            on later.status_group = earlier.status_group
                and later.status_key = any(earlier.allowed_next)
        where earlier.status_group = 'review_status'
            and later.status_key = %s
            and %s = any(later.set_by)
            and earlier.deprecated_at is null and later.deprecated_at is null
        """,
        [status, set_by],
    )
    return [status for (status,) in rows]
