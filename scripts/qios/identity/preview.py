"""What a merge or a split would do, found out by doing it and taking it back at once."""

import uuid
from collections.abc import Callable

import psycopg

ROWS = """
    select target_schema || '.' || target_table, count(distinct target_id)
    from core.audit_events
    where correlation_id = %s and before_image is not null
    group by 1 order by 1
"""
VALUES = """
    select event.target_schema || '.' || event.target_table, cell.key,
        event.before_image ->> cell.key, cell.value #>> '{}'
    from core.surviving_values as noted
    inner join (
        select distinct on (target_id) * from core.audit_events
        where correlation_id = %s and before_image is not null
        order by target_id, occurred_at
    ) as event on event.target_id = noted.id
    cross join lateral jsonb_each(noted.surviving_values) as cell
    where event.before_image ->> cell.key is distinct from cell.value #>> '{}'
    order by 1, 2
"""


def preview(
    database: psycopg.Connection, change: Callable[[], uuid.UUID]
) -> dict[str, list[dict[str, object]]]:
    """What an act would do: {rows, values}. Nothing of it stays.

    rows: {table, rows} for each table; values: {table, column, before, after} for each value that a
    survivor would take over. change: does the act and returns its correlation id.
    """
    with database.transaction(force_rollback=True):
        act = change()
        rows = [
            {"table": table, "rows": number}
            for table, number in database.execute(ROWS, [act]).fetchall()
        ]
        values = [
            dict(zip(("table", "column", "before", "after"), row, strict=True))
            for row in database.execute(VALUES, [act]).fetchall()
        ]
    return {"rows": rows, "values": values}
