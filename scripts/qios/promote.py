"""Approved rows into the canonical tables: a `dbt build` of what reads their landing tables."""

from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from qios.dbt import run_dbt
from qios.errors import Findings
from qios.intake.landing import STAGING
from qios.intake.sources import Source, registered_sources


@dataclass(frozen=True)
class Promoted:
    """rows: source → staged rows promoted. tables: `schema.table` → rows {inserted, updated}.

    entities: people and organizations that are new, or of which some row was inserted or updated.
    """

    rows: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=lambda: {"inserted": 0, "updated": 0})
    tables: dict[str, dict[str, int]] = field(default_factory=dict)


def promote(database: psycopg.Connection) -> Promoted:
    """Promote what is approved, and finish what a killed build left. Nothing to do: no build.

    database: an autocommit connection. Raises Findings where dbt failed; a later run finishes it.
    """
    waiting = {source: _batches(database, source) for source in registered_sources().values()}
    waiting = {source: batches for source, batches in waiting.items() if batches}
    if not waiting:
        return Promoted()
    (began_at,) = database.execute("select clock_timestamp()").fetchone()
    before = {source: _promoted(database, source, waiting[source]) for source in waiting}
    landings = [f"{STAGING}__{source.landing}+" for source in waiting]
    # The tests of the whole database belong to `qios build`: their cost is not an import's.
    ended = run_dbt(
        *("--quiet", "build", "--select", *landings, "--exclude", "tag:governance"),
        *("--exclude-resource-type", "unit_test"),
    )
    if ended.exit_code:
        raise Findings(
            "dbt did not finish the promotion; nothing is lost, the rows stay `promoting`",
            "read dbt's message above, mend its cause, then run `qios promote` again",
        )
    batches = [batch for of_source in waiting.values() for batch in of_source]
    _note_batches(database, batches)
    rows = {
        source.key: _promoted(database, source, waiting[source]) - before[source]
        for source in waiting
    }
    said = {"batches": batches, "began": began_at}
    return Promoted(rows, _entities(database, said), _tables(database, said))


def _promoted(database: psycopg.Connection, source: Source, batches: list) -> int:
    statement = sql.SQL(
        "select count(*) from {} where import_batch_id = any(%s) and review_status = 'promoted'"
    )
    name = sql.Identifier(STAGING, source.landing)
    return database.execute(statement.format(name), [batches]).fetchone()[0]


def _batches(database: psycopg.Connection, source: Source) -> list:
    statement = sql.SQL(
        "select distinct import_batch_id from {} where review_status in ('approved', 'promoting')"
    )
    name = sql.Identifier(STAGING, source.landing)
    return [batch for (batch,) in database.execute(statement.format(name))]


def _note_batches(database: psycopg.Connection, batches: list) -> None:
    database.execute(
        """
        update qinexus.import_batches
        set status = 'promoted', promoted_at = now(), updated_at = now()
        where id = any(%s)
        """,
        [batches],
    )


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
