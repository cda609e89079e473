"""Which review status may follow which, and who may say so: what qieos.statuses says."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from qios.turns import DECIDE, take_turn

PERSON, QIOS = "person", "qios"


@contextmanager
def deciding(database: psycopg.Connection) -> Iterator[None]:
    """A transaction that may change many review statuses; two at once could deadlock."""
    with database.transaction():
        take_turn(database, DECIDE)
        yield


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
