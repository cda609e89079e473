"""A plan by the beginning of its id."""

import re
import uuid

import psycopg

from qios.errors import Findings, UsageError

WHY_NOT = {
    "planning": "was never finished",
    "executed": "was executed already",
    "superseded": "is superseded: a later plan or promotion took its place",
}


def find_plan(database: psycopg.Connection, named: str) -> uuid.UUID:
    """The plan whose id begins so. UsageError for no id, Findings where it cannot be executed."""
    if not re.fullmatch(r"[0-9a-fA-F-]{8,36}", named):
        raise UsageError(
            f"{named!r} is not a plan id", "give the 8 letters that `qios promote --plan` shows"
        )
    found = database.execute(
        "select id, status, executed_at from qinexus.promotion_plans where id::text like %s",
        [named.lower() + "%"],
    ).fetchall()
    if len(found) != 1:
        many = f"{len(found)} plans begin" if found else "no plan begins"
        raise UsageError(f"{many} with {named}", "make one by `qios promote --plan`")
    plan, status, executed_at = found[0]
    if status != "open":
        when = f" at {executed_at:%Y-%m-%d %H:%M}" if executed_at else ""
        raise Findings(
            f"the plan {str(plan)[:8]} {WHY_NOT[status]}{when}",
            "make a new one by `qios promote --plan`",
        )
    return plan
