"""Which review status may follow which, and who may say so: rows of qieos.statuses, nothing else."""

import psycopg

PERSON, QIOS = "person", "qios"


def may_become(database: psycopg.Connection, status: str, set_by: str) -> list[str]:
    """The statuses from which `set_by` may move a row to `status`; empty where it may not at all."""
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
