"""Decisions over staged rows: who, when, why, on each row; and an event for the whole decision."""

import getpass
import os

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.review.selection import Selection
from qios.review.transitions import PERSON, deciding, may_become


def person() -> str:
    """Who decides: QIOS_USER, else the account that runs the command."""
    return os.environ.get("QIOS_USER") or getpass.getuser()


def decide(
    database: psycopg.Connection, selection: Selection, status: str, reason: str | None
) -> dict[str, int]:
    """Give the selected rows a status: {changed, unchanged, refused}, numbers of rows.

    unchanged: had it already; refused: stand where the registry allows no such step. All or none.
    """
    counts = {"changed": 0, "unchanged": 0, "refused": 0}
    with deciding(database):
        allowed = may_become(database, status, PERSON)
        condition, values = selection.condition()
        values |= {"status": status, "allowed": allowed, "by": person(), "reason": reason}
        for source in selection.sources():
            names = {
                "landing": sql.Identifier(STAGING, source.landing),
                "view": sql.Identifier(STAGING, source.view),
                "condition": condition,
            }
            same, refused = database.execute(
                sql.SQL(
                    """
                    select count(*) filter (where review_status = %(status)s),
                        count(*) filter (where review_status <> %(status)s
                            and not review_status = any(%(allowed)s))
                    from {view} as row where {condition}
                    """
                ).format(**names),
                values,
            ).fetchone()
            changed = _change(database, names, values)
            for batch_id, number in changed.items():
                _note(database, source.landing, batch_id, number, values)
            counts["changed"] += sum(changed.values())
            counts["unchanged"] += same
            counts["refused"] += refused
    return counts


def _change(database: psycopg.Connection, names: dict, values: dict) -> dict:
    """Change the rows that may change; batch id → number of rows."""
    statement = sql.SQL(
        """
        with changed as (
            update {landing} as landing
            set review_status = %(status)s, reviewed_at = now(), reviewed_by = %(by)s,
                review_reason = %(reason)s
            from {view} as row
            where row.import_batch_id = landing.import_batch_id
                and row.row_number = landing.row_number
                and landing.review_status = any(%(allowed)s)
                and {condition}
            returning landing.import_batch_id
        )
        select import_batch_id, count(*) from changed group by import_batch_id
        """
    )
    return dict(database.execute(statement.format(**names), values).fetchall())


def _note(
    database: psycopg.Connection, landing: str, batch_id: object, number: int, values: dict
) -> None:
    database.execute(
        """
        insert into core.audit_events
            (actor, action, target_schema, target_table, row_count, reason, import_batch_id)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        [
            *(values["by"], f"review_{values['status']}", STAGING, landing, number),
            *(values["reason"], batch_id),
        ],
    )
