"""What a landing table holds already of the keys of a batch, and what becomes of that.

Earlier is what was staged before, or stood further up in the same file.
"""

import uuid
from collections.abc import Sequence

import psycopg
from psycopg import sql

from qios.turns import DECIDE, take_turn


def latest_contents(
    database: psycopg.Connection, table: sql.Identifier, batch: uuid.UUID, keys: Sequence[bytes]
) -> dict[bytes, bytes]:
    """Key → hash of its last content in another batch; a key that is new is left out."""
    statement = sql.SQL(
        """
        select distinct on (row_key) row_key, content_hash from {}
        where row_key = any(%s::uuid[]) and import_batch_id <> %s
        order by row_key, created_at desc, row_number desc
        """
    ).format(table)
    rows = database.execute(statement, [[key.hex() for key in keys], batch])
    return {key.bytes: content.bytes for key, content in rows}


def take_back_repeats(
    database: psycopg.Connection, table: sql.Identifier, batch: uuid.UUID, numbers: Sequence[int]
) -> int:
    """Of these rows of the batch, delete those that say what the row of their key before them said;
    how many."""
    if not numbers:
        return 0
    # The table has no statistics yet: each row looks its predecessor up by the index, by the form
    # of the statement and not by the planner's guess.
    statement = sql.SQL(
        """
        delete from {landing} as landing
        where landing.import_batch_id = %(batch)s
            and landing.row_number = any(%(numbers)s)
            and landing.content_hash = (
                select earlier.content_hash from {landing} as earlier
                where earlier.row_key = landing.row_key
                    and (earlier.created_at, earlier.row_number)
                    < (landing.created_at, landing.row_number)
                order by earlier.created_at desc, earlier.row_number desc
                limit 1
            )
        """
    ).format(landing=table)
    return database.execute(statement, {"batch": batch, "numbers": list(numbers)}).rowcount


def supersede(
    database: psycopg.Connection, table: sql.Identifier, batch: uuid.UUID, numbers: Sequence[int]
) -> None:
    """What nobody decided about yet gives way to those of these rows that have its key."""
    if not numbers:
        return
    take_turn(database, DECIDE)
    # The fences keep it at one look into the index for each later row, whatever the planner
    # believes of a table that it has no statistics of.
    statement = sql.SQL(
        """
        update {landing} as earlier set review_status = 'superseded'
        from (
            select row_key, created_at, row_number from {landing}
            where import_batch_id = %(batch)s and row_number = any(%(numbers)s)
            offset 0
        ) as later
        cross join lateral (
            select ctid from {landing} as candidate
            where candidate.row_key = later.row_key
                and (candidate.created_at, candidate.row_number)
                < (later.created_at, later.row_number)
            offset 0
        ) as candidate
        where earlier.ctid = candidate.ctid
            and earlier.review_status in ('pending', 'needs_review')
        """
    ).format(landing=table)
    database.execute(statement, {"batch": batch, "numbers": list(numbers)})
