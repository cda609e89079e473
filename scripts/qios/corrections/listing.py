"""The corrections that stand, or all there ever were."""

import uuid
from typing import Any

import psycopg
from psycopg.rows import dict_row


def corrections(
    database: psycopg.Connection,
    table: str | None = None,
    row_id: uuid.UUID | None = None,
    *,
    withdrawn: bool = False,
) -> list[dict[str, Any]]:
    """{table, row, column, value, instead_of, by, at, why} of each, the latest last.

    withdrawn: those that were withdrawn too, with `withdrawn_at` and `withdrawn_by`.
    """
    with database.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            """
            select target_schema || '.' || target_table as table, target_id as row,
                column_name as column, corrected_value as value,
                coalesce(said_value, earlier_value) as instead_of,
                corrected_by as by, corrected_at as at, reason as why, withdrawn_at, withdrawn_by
            from core.corrections
            where (%(withdrawn)s or withdrawn_at is null)
                and (%(table)s::text is null or target_schema || '.' || target_table = %(table)s)
                and (%(row)s::uuid is null or target_id = %(row)s)
            order by corrected_at, column_name
            """,
            {"withdrawn": withdrawn, "table": table, "row": row_id},
        ).fetchall()
    if not withdrawn:
        for row in found:
            del row["withdrawn_at"], row["withdrawn_by"]
    return found
