"""`qios status`: the database at a glance."""

from typing import Any

from qios.output import Json, finish, table


def status(as_json: Json = False) -> None:
    """Show what is stored, what waits, and how the last steps ended."""
    from qios.server.connection import connect
    from qios.status import glance

    with connect(autocommit=True) as database:
        summary: dict[str, Any] = glance(database)
    if not as_json:
        for rows in (summary[name] for name in ("sources", "tables", "waiting", "jobs")):
            if rows:
                table(rows)
    finish(summary | {"exit_code": 0}, as_json, [summary["headline"]])
