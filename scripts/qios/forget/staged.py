"""The staged rows that speak of a person: emptied, in every version, decided or not."""

import uuid
from collections.abc import Iterator

import psycopg
from psycopg import sql

from qios.forget.spoken import OWN
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.paths import project_root
from qios.person import person
from qios.registry.model import Registry, Relation
from qios.review.selection import UNDECIDED
from qios.review.transitions import QIOS, may_become

FORGOTTEN = "forgotten"
"""The review status of an emptied row, and the problem code of one that names the person."""

EMPTIED = """
    raw_payload = '{}', edited_payload = null, review_status = %(forgotten)s,
    review_reason = %(forgotten)s, reviewed_at = now(), reviewed_by = 'qios'
"""
"""What becomes of a row of a forgotten person that comes in again."""

NOT_KEYS = ("import_batch_id", "source_file_id", "row_key")


def row_keys(view: Relation) -> list[str]:
    """The columns of a typed view that hold ids of the records that a row speaks of."""
    return [
        column.name
        for column in view.live_columns
        if column.data_type == "uuid" and column.name not in NOT_KEYS
    ]


def note_staged(database: psycopg.Connection, registry: Registry, group: list[uuid.UUID]) -> None:
    """Fill the temporary table forgotten_staged: (source_file_id, import_batch_id, row_number,
    is_emptied)."""
    database.execute(
        """
        create temporary table forgotten_staged on commit drop as
        select source_file_id, import_batch_id, row_number, false as is_emptied
        from qinexus.source_entity_links where entity_id = any(%s)
        """,
        [group],
    )
    for source, keys in _keyed(registry):
        database.execute(
            sql.SQL(
                """
                insert into forgotten_staged
                select source_file_id, import_batch_id, row_number, false from {}
                where {} && %s::uuid[]
                """
            ).format(sql.Identifier(STAGING, source.view), array_of(keys)),
            [group],
        )


def empty_staged(database: psycopg.Connection) -> dict[str, int]:
    """Empty these rows and the other versions of their records: landing table -> rows.

    The row's key and the hash of its content stay, so that the same row is known when it comes
    again. forgotten_staged then names all of them.
    """
    emptied = {}
    for landing in dict.fromkeys(source.landing for source in reviewed_sources()):
        statement = sql.SQL(
            """
            with emptied as (
                update {landing} as row set
                    raw_payload = '{{}}', edited_payload = null,
                    problem_codes = array[%(forgotten)s],
                    review_status = case
                        when review_status = any(%(earlier)s) then %(forgotten)s
                        else review_status
                    end,
                    reviewed_at = now(), reviewed_by = %(by)s, review_reason = %(forgotten)s
                where row_key in (
                    select landed.row_key from {landing} as landed
                    inner join forgotten_staged as noted using (import_batch_id, row_number)
                )
                returning source_file_id, import_batch_id, row_number
            )

            insert into forgotten_staged select *, true from emptied
            """
        ).format(landing=sql.Identifier(STAGING, landing))
        given = {
            "forgotten": FORGOTTEN,
            "earlier": may_become(database, FORGOTTEN, QIOS),
            "by": person(),
        }
        if rows := database.execute(statement, given).rowcount:
            emptied[f"{STAGING}.{landing}"] = rows
    return emptied


def keep_out(database: psycopg.Connection, source: Source, batches: list[uuid.UUID]) -> int:
    """Empty newly staged rows that are a forgotten person's own; their number."""
    keys = [key for key in keys_to_watch(database, source) if key == OWN]
    return mark(database, source, batches, keys, EMPTIED)


def keys_to_watch(database: psycopg.Connection, source: Source) -> list[str]:
    """The keys of a source's rows; none where nobody was forgotten, so that nothing is asked."""
    someone = database.execute("select from core.forgotten_entities limit 1").fetchone()
    if someone is None:
        return []
    return row_keys(Registry(project_root()).relations[f"{STAGING}.{source.view}"])


def mark(
    database: psycopg.Connection,
    source: Source,
    batches: list[uuid.UUID],
    keys: list[str],
    change: str,
) -> int:
    """Change the rows of these batches of which a key is a forgotten entity's id."""
    if not keys:
        return 0
    statement = sql.SQL(
        """
        with named as materialized (
            select import_batch_id, row_number from {view}
            where import_batch_id = any(%(batches)s) and review_status = any(%(undecided)s)
                and {keys} && array(select entity_id from core.forgotten_entities)
        )

        update {landing} as landed set {change}
        from named
        where landed.import_batch_id = named.import_batch_id
            and landed.row_number = named.row_number
        """
    ).format(
        view=sql.Identifier(STAGING, source.view),
        keys=array_of(keys),
        landing=sql.Identifier(STAGING, source.landing),
        change=sql.SQL(change),
    )
    given = {"batches": batches, "undecided": list(UNDECIDED), "forgotten": FORGOTTEN}
    return database.execute(statement, given).rowcount


def _keyed(registry: Registry) -> Iterator[tuple[Source, list[str]]]:
    for source in reviewed_sources():
        if keys := row_keys(registry.relations[f"{STAGING}.{source.view}"]):
            yield source, keys


def array_of(keys: list[str]) -> sql.Composable:
    return sql.SQL("array[{}]").format(sql.SQL(", ").join(map(sql.Identifier, keys)))
