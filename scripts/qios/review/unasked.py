"""Questions that no longer arise, since the rows that raised them were rejected.

What a rejected row says of somebody counts for nothing, unless another row of its batch tells of
them as well. Who is not canonical, and told of by no row that waits, does not come: nobody has to
say any more whether somebody is the same.
"""

import uuid
from collections.abc import Collection

import psycopg
from psycopg import sql

from qios.identity.questions import withdraw_about, withdraw_raised
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.matching.asking import ask_next
from qios.matching.described import described
from qios.review.edit import have_validated_again
from qios.review.queue import DUPLICATE
from qios.review.rows import Numbers
from qios.review.selection import UNFINISHED

ASKED = """
    select target_id from qiaccess.classification_queue
    where target_id = any(%(told)s) and waiting_reason = %(code)s
        and status in ('waiting', 'assigned', 'deferred')
    union
    select candidate_entity_id from qiaccess.classification_queue
    where candidate_entity_id = any(%(told)s) and waiting_reason = %(code)s
        and status in ('waiting', 'assigned', 'deferred')
"""
TOLD = sql.SQL(
    """
    select distinct told.entity_id
    from {view} as row cross join lateral unnest(array[{keys}]) as told (entity_id)
    where told.entity_id is not null and {condition}
    """
)
REJECTED = sql.SQL("row.import_batch_id = %(batch)s and row.row_number = any(%(numbers)s)")
HEARD = sql.SQL(
    """
    told.entity_id = any(%(asked)s) and (
        row.review_status = any(%(unfinished)s)
        or row.import_batch_id = %(batch)s and row.review_status = 'promoted'
    )
    """
)
# Rows that wait since they may tell of somebody who does not come.
HELD_UP = """
    select distinct import_batch_id from qiaccess.classification_queue
    where candidate_entity_id = any(%(gone)s) and waiting_reason = %(code)s
        and status in ('waiting', 'assigned') and staging_table is not null
"""


def withdraw_unasked(database: psycopg.Connection, source: Source, found: Numbers) -> None:
    """Withdraw the questions that only these rows raised, which have just been rejected, and those
    about people and organizations who do not come. Whoever was asked about one of these is asked
    about the next likeliest; a row that waits for that is looked at again by the next command."""
    gone: set[uuid.UUID] = set()
    for batch, numbers in found.items():
        values: dict[str, object] = {"batch": batch, "numbers": numbers, "code": DUPLICATE}
        values["told"] = list(_told(database, source, REJECTED, values))
        asked = {entity for (entity,) in database.execute(ASKED, values)}
        if asked:
            values |= {"asked": list(asked), "unfinished": list(UNFINISHED)}
            asked -= _told(database, source, HEARD, values)
            withdraw_raised(database, batch, asked)
            gone |= asked
    gone -= _canonical(database, gone)
    if gone:
        values = {"gone": list(gone), "code": DUPLICATE}
        for (batch,) in database.execute(HELD_UP, values).fetchall():
            have_validated_again(database, batch)
        ask_next(database, withdraw_about(database, gone) - gone)


def _told(
    database: psycopg.Connection,
    source: Source,
    condition: sql.Composable,
    values: dict[str, object],
) -> set[uuid.UUID]:
    """The people and organizations of which rows of the source tell."""
    keys = [sql.Identifier("row", told.key) for told in described(source)]
    if not keys:
        return set()
    statement = TOLD.format(
        view=sql.Identifier(STAGING, source.view),
        keys=sql.SQL(", ").join(keys),
        condition=condition,
    )
    return {entity for (entity,) in database.execute(statement, values)}


def _canonical(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> set[uuid.UUID]:
    rows = database.execute("select id from core.entities where id = any(%s)", [list(entities)])
    return {entity for (entity,) in rows}
