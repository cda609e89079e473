"""An act: what a person does in one go, told to the journal as one.

The triggers of every audited table write core.audit_events. What they cannot see (who sits at the
command, what for, and which writes belong together) the transaction tells them by settings of
its own, which end with it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from qios.person import person

SETTINGS = [
    f"qios.{name}" for name in ("actor", "action", "reason", "import_batch_id", "correlation_id")
]


@contextmanager
def acting(
    database: psycopg.Connection,
    action: str,
    reason: str | None = None,
    batch: uuid.UUID | None = None,
    correlation: uuid.UUID | None = None,
) -> Iterator[uuid.UUID]:
    """A transaction whose writes are one act of person(); yields its correlation id.

    action: a verb such as `merge`. correlation: of an act that this is a part of. Within another
    transaction it is a part of that, which afterwards goes on as it was.
    """
    correlation = correlation or uuid.uuid4()
    with database.transaction():
        before = _settings(database)
        _set(database, [person(), action, reason, batch, correlation])
        yield correlation
        _set(database, before)


def _settings(database: psycopg.Connection) -> list[str | None]:
    statement = "select array_agg(current_setting(name, true)) from unnest(%s::text[]) as name"
    return database.execute(statement, [SETTINGS]).fetchone()[0]


def _set(database: psycopg.Connection, values: list[object]) -> None:
    """Give SETTINGS these values until the transaction ends; an empty one is as good as none."""
    told = ["" if value is None else str(value) for value in values]
    database.execute(
        """
        select set_config(name, value, true)
        from unnest(%s::text[], %s::text[]) as setting (name, value)
        """,
        [SETTINGS, told],
    )
