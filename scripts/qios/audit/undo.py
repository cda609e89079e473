"""A batch taken back from the canonical tables, in one transaction."""

import uuid
from typing import Any

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.audit.events import Events, collect
from qios.audit.rests import hand_over
from qios.audit.take_back import put_back
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.identity.questions import withdraw_raised
from qios.identity.survivorship import settle_entities
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.person import person
from qios.review.queue import withdraw
from qios.review.rows import note_decision
from qios.review.selection import batch_prefix
from qios.review.transitions import PERSON, deciding, may_become

UNDONE = "undone"
# What its promotions wrote since it was last undone.
PROMOTED_BY = sql.SQL(
    """
    event.import_batch_id = %(batch)s and event.action = 'promote'
        and event.occurred_at > coalesce((
            select max(undone.occurred_at) from core.audit_events as undone
            where undone.import_batch_id = %(batch)s and undone.action = 'review_undone'
        ), '-infinity')
    """
)


def undo(
    database: psycopg.Connection, prefix: str, reason: str | None = None, *, force: bool = False
) -> dict[str, Any]:
    """Take back the batch whose id begins with `prefix`: {batch_id, rows, tables, kept,
    approved_again, path}; rows are staged rows, tables as put_back() gives them.

    Call it while no build runs. Raises ChangedSince, with nothing changed, where somebody wrote
    one of its rows since; UsageError where no such batch is promoted.
    """
    why = clean_text(reason) if reason else None
    with deciding(database):
        batch, path = _batch(database, prefix)
        source, rows = _promoted(database, batch)
        events = Events(PROMOTED_BY, {"batch": batch})
        with acting(database, "undo", why, batch):
            if not collect(database, events):
                raise Findings(
                    f"batch {batch}, {rows} rows of {path}: core.audit_events does not tell what "
                    "its promotion wrote, so nothing is known to go back to (R1304)",
                    "it was promoted before writes were recorded. qinexus.source_entity_links has "
                    "the records of the batch by target_schema, target_table and target_id: "
                    "delete or correct those by hand",
                )
            spoken_of = _entities(database, batch)
            handed = hand_over(database, batch, person())
            tables = put_back(database, events, force=force)
            _note(database, source, batch, why)
            withdraw(database, source.landing)
            withdraw_raised(database, batch)
            # Survivors of a merge show what others said, which may just have gone.
            settle_entities(database, spoken_of)
    return {"batch_id": batch, "path": path, "rows": rows, "tables": tables} | handed


def _entities(database: psycopg.Connection, batch: uuid.UUID) -> list[uuid.UUID]:
    """The entities that rows of the batch speak of."""
    rows = database.execute(
        """
        select distinct entity_id from qinexus.source_entity_links
        where import_batch_id = %s and entity_id is not null
        """,
        [batch],
    )
    return [entity for (entity,) in rows]


def _batch(database: psycopg.Connection, prefix: str) -> tuple[uuid.UUID, str]:
    found = database.execute(
        """
        select batch.id, coalesce(file.path, '') from qinexus.import_batches as batch
        left join qinexus.file_versions as version on version.id = batch.file_version_id
        left join qinexus.files as file on file.id = version.file_id
        where batch.id::text like %s limit 2
        """,
        [batch_prefix(prefix) + "%"],
    ).fetchall()
    if len(found) != 1:
        which = "no batch has" if not found else "several batches have"
        raise UsageError(
            f"{which} an id that begins with {prefix}",
            "give more of the id; `qios review list --status promoted` shows the batches",
        )
    return found[0]


def _promoted(database: psycopg.Connection, batch: uuid.UUID) -> tuple[Source, int]:
    """The batch's source, and how many of its rows are promoted."""
    for source in reviewed_sources():
        promoted, promoting = database.execute(
            sql.SQL(
                """
                select count(*) filter (where review_status = 'promoted'),
                    count(*) filter (where review_status = 'promoting')
                from {} where import_batch_id = %s
                """
            ).format(sql.Identifier(STAGING, source.landing)),
            [batch],
        ).fetchone()
        if promoting:
            raise Findings(
                f"batch {batch}: {promoting} rows are half way into the canonical tables",
                "`qios promote` finishes what was interrupted; then undo",
            )
        if promoted:
            return source, promoted
    raise UsageError(
        f"batch {batch}: none of its rows is promoted, there is nothing to undo",
        "`qios review reject --batch …` turns away rows that wait",
    )


def _note(
    database: psycopg.Connection, source: Source, batch: uuid.UUID, reason: str | None
) -> None:
    """Give the staged rows and the batch their status, and tell the journal of the decision."""
    decision = {"status": UNDONE, "by": person(), "reason": reason}
    which = {"batch": batch, "earlier": may_become(database, UNDONE, PERSON)}
    changed = database.execute(
        sql.SQL(
            """
            update {} set review_status = %(status)s, reviewed_at = now(), reviewed_by = %(by)s,
                review_reason = %(reason)s
            where import_batch_id = %(batch)s and review_status = any(%(earlier)s)
            """
        ).format(sql.Identifier(STAGING, source.landing)),
        decision | which,
    ).rowcount
    note_decision(database, source.landing, {batch: changed}, decision)
    database.execute(
        """
        update qinexus.import_batches
        set status = 'undone', undone_at = now(), updated_at = now() where id = %s
        """,
        [batch],
    )
