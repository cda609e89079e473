"""What a batch brought, and other batches still rest on: it stays, and becomes theirs.

A later batch has the last word on every row that it links to: where it said the same, only its
link tells of it, and where it said something else, nothing is left of what this one said. In one
build two batches may also have spoken differently of a row, and the
later was heard: what the other one said is promoted again.
"""

import uuid

import psycopg
from psycopg import sql

from qios.audit.events import Table, tables_of_taken
from qios.intake.landing import STAGING
from qios.intake.sources import reviewed_sources


def hand_over(database: psycopg.Connection, batch: uuid.UUID, by: str) -> dict[str, int]:
    """Take out of `taken` the rows that other batches rest on: {kept, approved_again}.

    kept: rows that are another batch's now, so that undoing that one finds them. approved_again:
    staged rows of others whose own values were never written, for the next promotion.
    """
    _find_heirs(database, batch)
    kept = database.execute("select count(*) from heirs").fetchone()[0]
    if not kept:
        return {"kept": 0, "approved_again": 0}
    again = _approve_again(database, batch, by)
    _hand_events_over(database, batch)
    for table in tables_of_taken(database):
        _move_provenance(database, table)
    database.execute(
        """
        delete from taken using heirs
        where heirs.target_id = taken.target_id
            and (heirs.target_schema, heirs.target_table)
                = (taken.target_schema, taken.target_table)
        """
    )
    return {"kept": kept, "approved_again": again}


def _find_heirs(database: psycopg.Connection, batch: uuid.UUID) -> None:
    """`heirs`: a row of `taken` → the batch that rests on it; also what its source said of it."""
    psycopg.ClientCursor(database).execute(
        """
        create temporary table heirs on commit drop as
        with resting as (
            select distinct on (taken.target_schema, taken.target_table, taken.target_id)
                taken.target_schema, taken.target_table, taken.target_id,
                other.import_batch_id, other.source_file_id,
                other.created_at = own.created_at as in_one_build
            from taken
            inner join qinexus.source_entity_links as own
                on own.target_id = taken.target_id and own.import_batch_id = %(batch)s
                    and own.target_schema = taken.target_schema
                    and own.target_table = taken.target_table
            inner join qinexus.source_entity_links as other
                on other.target_id = taken.target_id and other.import_batch_id <> %(batch)s
                    and other.target_schema = taken.target_schema
                    and other.target_table = taken.target_table
                    and other.created_at > taken.first_at
            order by taken.target_schema, taken.target_table, taken.target_id,
                other.created_at desc, other.import_batch_id
        )

        select * from resting
        union all
        select taken.target_schema, taken.target_table, taken.target_id,
            resting.import_batch_id, resting.source_file_id, false
        from taken
        inner join qinexus.source_values as word on word.id = taken.target_id
        inner join resting
            on resting.target_id = word.id and resting.target_schema = word.target_schema
                and resting.target_table = word.target_table
        where taken.target_schema = 'qinexus' and taken.target_table = 'source_values'
        """,
        {"batch": batch},
    )


def _approve_again(database: psycopg.Connection, batch: uuid.UUID, by: str) -> int:
    """Rows of other batches that lost to this one in the build that promoted both."""
    number = 0
    for source in reviewed_sources():
        statement = sql.SQL(
            """
            update {} as row
            set review_status = 'approved', reviewed_at = now(), reviewed_by = %(by)s,
                review_reason = %(reason)s
            from (
                select distinct link.import_batch_id, link.row_number
                from heirs
                inner join qinexus.source_entity_links as link
                    on link.target_id = heirs.target_id
                        and link.import_batch_id = heirs.import_batch_id
                where heirs.in_one_build
            ) as lost
            where row.import_batch_id = lost.import_batch_id and row.row_number = lost.row_number
                and row.review_status = 'promoted'
            """
        ).format(sql.Identifier(STAGING, source.landing))
        reason = f"batch {batch}, which was heard instead, is undone"
        number += database.execute(statement, {"by": by, "reason": reason}).rowcount
    return number


def _hand_events_over(database: psycopg.Connection, batch: uuid.UUID) -> None:
    """What the batch did to each such row, told once more as the other batch's own."""
    database.execute(
        """
        insert into core.audit_events
            (occurred_at, actor, action, application, correlation_id, import_batch_id,
            write_operation, target_schema, target_table, target_id, before_image, reason)
        with told as (
            select heirs.import_batch_id as heir_id, heirs.target_id as row_id, event.*
            from heirs
            inner join taken using (target_schema, target_table, target_id)
            inner join core.audit_events as event on event.id = taken.event_id
            union all
            select heirs.import_batch_id, heirs.target_id, event.*
            from heirs
            inner join taken using (target_schema, target_table, target_id)
            inner join core.audit_events as event
                using (target_schema, target_table, target_id)
            where event.occurred_at > taken.first_at and event.import_batch_id = %(batch)s
                and event.action = 'promote'
        )

        select occurred_at, actor, action, application, correlation_id, heir_id,
            write_operation, target_schema, target_table, row_id, before_image,
            concat('handed over by batch ', %(batch)s::text)
        from told
        """,
        {"batch": batch},
    )


def _move_provenance(database: psycopg.Connection, table: Table) -> None:
    columns = database.execute(
        """
        select attname from pg_catalog.pg_attribute
        where attrelid = to_regclass(%s) and not attisdropped
            and attname in ('import_batch_id', 'source_file_id')
        """,
        [f"{table[0]}.{table[1]}"],
    ).fetchall()
    if not columns:
        return
    moved = sql.SQL(", ").join(
        sql.SQL("{} = heirs.{}").format(sql.Identifier(name), sql.Identifier(name))
        for (name,) in columns
    )
    statement = sql.SQL(
        """
        update {} as held set {} from heirs
        where heirs.target_schema = %s and heirs.target_table = %s and held.id = heirs.target_id
            and held.import_batch_id is distinct from heirs.import_batch_id
        """
    )
    database.execute(statement.format(sql.Identifier(*table), moved), table)
