"""An act taken back: its rows are again what they were before it."""

import uuid
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.audit.changed import ChangedSince, changed_since
from qios.audit.events import Events, collect, tables_of_taken
from qios.audit.restore import restore

CURE = "look at them with `qios history`; --force takes back all the same and loses those changes"


@dataclass(frozen=True)
class TakenBack:
    """correlation: of the act of taking back. tables: `schema.table` → rows {returned, restored,
    removed}."""

    correlation: uuid.UUID
    tables: dict[str, dict[str, int]]


def take_back(
    database: psycopg.Connection,
    correlation: uuid.UUID,
    action: str,
    reason: str | None = None,
    *,
    force: bool = False,
) -> TakenBack:
    """Have every row that the act wrote as it was before; all or nothing.

    action: what taking back is called here, such as `split`. Rows that the act inserted go, those
    that it deleted come back. Raises ChangedSince where somebody wrote one since, unless forced.
    """
    events = Events(sql.SQL("event.correlation_id = %(act)s"), {"act": correlation})
    with acting(database, action, reason) as act:
        collect(database, events)
        return TakenBack(act, put_back(database, events, force=force))


def put_back(
    database: psycopg.Connection, events: Events, *, force: bool
) -> dict[str, dict[str, int]]:
    """The rows of `taken` as the events found them: `schema.table` → numbers of rows."""
    changes = [] if force else changed_since(database, tables_of_taken(database), events)
    if changes:
        raise ChangedSince(changes, CURE)
    return restore(database)
