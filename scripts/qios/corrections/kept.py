"""The corrections of a row in core.corrections: kept, and withdrawn."""

import uuid
from collections.abc import Mapping

import psycopg
from psycopg import sql

from qios.person import person
from qios.registry.model import Column, Relation

STANDING = """
    target_schema = %(schema)s and target_table = %(table)s and target_id = %(id)s
        and withdrawn_at is null and column_name = any(%(columns)s)
"""
NOW_SAID = sql.SQL(
    """
    (
        select coalesce(word.source_values -> {column}, 'null')
        from qinexus.source_values as word where word.id = %(id)s and {column} = any(%(fed)s)
    )
    """
)


def bound_to(
    relation: Relation, row_id: uuid.UUID, columns: Mapping[str, Column]
) -> dict[str, object]:
    """What the statements here are told of the row, and who corrects."""
    return {
        "schema": relation.schema,
        "table": relation.name,
        "id": row_id,
        "columns": list(columns),
        "fed": [name for name, column in columns.items() if column.written_by == "dbt"],
        "by": person(),
    }


def withdraw_standing(
    database: psycopg.Connection, bound: Mapping[str, object]
) -> dict[str, dict[str, str | None]]:
    """Withdraw what stands: column -> {earlier, said, back} as JSON texts.

    back: what the row gets where no other correction follows.
    """
    now_said = NOW_SAID.format(column=sql.SQL("correction.column_name"))
    statement = sql.SQL(
        """
        update core.corrections as correction set withdrawn_at = now(), withdrawn_by = %(by)s
        where {}
        returning column_name, earlier_value::text, said_value::text,
            case when coalesce({now_said} <> said_value, {now_said} is not null)
                then {now_said} else earlier_value end::text
        """
    ).format(sql.SQL(STANDING), now_said=now_said)
    return {
        column: {"earlier": earlier, "said": said, "back": back}
        for column, earlier, said, back in database.execute(statement, bound)
    }


def keep(
    database: psycopg.Connection,
    bound: Mapping[str, object],
    column: str,
    earlier: Mapping[str, str | None],
    value: str,
    reason: str,
) -> None:
    """Keep the correction; one that replaces another goes back to what stood before both."""
    said = (
        sql.SQL("%(said)s::jsonb")
        if "said" in earlier
        else NOW_SAID.format(column=sql.SQL("%(column)s"))
    )
    database.execute(
        sql.SQL(
            """
            insert into core.corrections (target_schema, target_table, target_id, column_name,
                corrected_value, earlier_value, said_value, reason, corrected_by, created_by)
            values (%(schema)s, %(table)s, %(id)s, %(column)s, %(value)s::jsonb,
                %(earlier)s::jsonb, {}, %(reason)s, %(by)s, %(by)s)
            """
        ).format(said),
        {**bound, **earlier, "column": column, "value": value, "reason": reason},
    )
