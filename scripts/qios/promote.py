"""Approved rows into the canonical tables: a `dbt build` of what reads their landing tables."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
from psycopg import sql

from qios.dbt import one_build, run_dbt
from qios.errors import Findings
from qios.identity.reconcile import reconcile
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.plans.execute import carry_out
from qios.plans.make import PROMOTABLE, supersede
from qios.review.conflicts import name_rows
from qios.review.selection import UNFINISHED


@dataclass(frozen=True)
class Promoted:
    """rows: source → staged rows promoted. tables: `schema.table` → rows {inserted, updated}.

    entities: people and organizations that are new, or of which some row was inserted or updated.
    conflicts: rows of which a column waits for a person, from now on or still.
    """

    rows: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=lambda: {"inserted": 0, "updated": 0})
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    conflicts: int = 0


def promote(database: psycopg.Connection, plan: uuid.UUID | None = None) -> Promoted:
    """Promote what is approved, and finish what a killed build left. Nothing to do: no build.

    plan: carry this plan out instead; Findings where the database moved since it was made.
    database: an autocommit connection. Raises Findings where dbt failed; a later run finishes it.
    """
    promoted = Promoted()
    if plan or _waiting(database):
        with one_build() as lock:
            (began_at,) = database.execute("select clock_timestamp()").fetchone()
            if plan:
                carry_out(database, plan)
            # Asked again: another promotion may have taken the rows before it was our turn.
            if waiting := _waiting(database, PROMOTABLE[1:] if plan else PROMOTABLE):
                supersede(database)
                frozen = {"QIOS_FROZEN": "1"} if plan else {}
                promoted = _build(database, waiting, began_at, lock, frozen)
    reconcile(database)
    _note_batches(database)
    return promoted


def _build(
    database: psycopg.Connection,
    waiting: dict[Source, list],
    began_at: datetime,
    lock: int,
    environment: dict[str, str],
) -> Promoted:
    before = {source: _promoted(database, source, waiting[source]) for source in waiting}
    # The landing, the typed view, the promotions of the source and the tables that take them.
    models = [
        selected
        for source in waiting
        for selected in (
            f"{STAGING}__{source.landing}",
            f"{STAGING}__{source.view}+1",
            f"path:models/promotion/{source.key}+1",
        )
    ]
    # The tests of the whole database belong to `qios build`: their cost is not an import's.
    exit_code = run_dbt(
        *("--quiet", "build", "--select", *models, "--exclude", "tag:governance"),
        *("--exclude-resource-type", "unit_test"),
        lock=lock,
        **environment,
    )
    if exit_code:
        raise Findings(
            "dbt did not finish the promotion; nothing is lost, the rows wait as they are",
            "read dbt's message above, mend its cause, then run `qios promote` again",
        )
    batches = [batch for of_source in waiting.values() for batch in of_source]
    rows = {
        source.key: _promoted(database, source, waiting[source]) - before[source]
        for source in waiting
    }
    said = {"batches": batches, "began": began_at}
    conflicts = name_rows(database)
    return Promoted(rows, _entities(database, said), _tables(database, said), conflicts)


def _promoted(database: psycopg.Connection, source: Source, batches: list) -> int:
    statement = sql.SQL(
        "select count(*) from {} where import_batch_id = any(%s) and review_status = 'promoted'"
    )
    name = sql.Identifier(STAGING, source.landing)
    return database.execute(statement.format(name), [batches]).fetchone()[0]


def _waiting(
    database: psycopg.Connection, statuses: Sequence[str] = PROMOTABLE
) -> dict[Source, list]:
    """The batches with rows to promote, by source; no source without such rows."""
    statement = sql.SQL("select distinct import_batch_id from {} where review_status = any(%s)")
    waiting = {}
    for source in reviewed_sources():
        name = sql.Identifier(STAGING, source.landing)
        if batches := [
            batch for (batch,) in database.execute(statement.format(name), [[*statuses]])
        ]:
            waiting[source] = batches
    return waiting


def _note_batches(database: psycopg.Connection) -> None:
    """Give the batches the status that their rows have reached, also where a run was killed."""
    statement = sql.SQL(
        """
        update qinexus.import_batches as batch
        set status = reached.status, promoted_at = now(), updated_at = now()
        from (
            select row.import_batch_id,
                case
                    when bool_or(row.review_status = any(%s)) then 'partially_promoted'
                    else 'promoted'
                end as status
            from qinexus.import_batches as open
            inner join {} as row on row.import_batch_id = open.id
            where open.status in ('validated', 'in_review', 'partially_promoted', 'undone')
            group by row.import_batch_id
            having bool_or(row.review_status = 'promoted')
        ) as reached
        where batch.id = reached.import_batch_id and batch.status <> reached.status
        """
    )
    for source in reviewed_sources():
        name = sql.Identifier(STAGING, source.landing)
        database.execute(statement.format(name), [list(UNFINISHED)])


def _entities(database: psycopg.Connection, said: dict[str, object]) -> dict[str, int]:
    """How many entities the source's new words inserted, and of how many they changed a row."""
    inserted, updated = database.execute(
        """
        with spoken_of as (
            select distinct link.entity_id
            from qinexus.source_values as word
            inner join qinexus.source_entity_links as link on link.target_id = word.id
            where word.import_batch_id = any(%(batches)s) and word.updated_at >= %(began)s
                and link.import_batch_id = word.import_batch_id
        )
        select count(*) filter (where entity.created_at >= %(began)s),
            count(*) filter (where entity.created_at < %(began)s)
        from spoken_of inner join core.entities as entity on entity.id = spoken_of.entity_id
        """,
        said,
    ).fetchone()
    return {"inserted": inserted, "updated": updated}


def _tables(database: psycopg.Connection, said: dict[str, object]) -> dict[str, dict[str, int]]:
    """Canonical table → how many of its rows the source's new words inserted and updated."""
    rows = database.execute(
        """
        select target_schema || '.' || target_table,
            count(*) filter (where created_at >= %(began)s),
            count(*) filter (where created_at < %(began)s)
        from qinexus.source_values
        where import_batch_id = any(%(batches)s) and updated_at >= %(began)s
        group by 1 order by 1
        """,
        said,
    )
    return {table: {"inserted": new, "updated": changed} for table, new, changed in rows}
