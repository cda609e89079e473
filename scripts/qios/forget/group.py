"""Who is meant, with all that was merged into them, and everything that was ever their name."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.errors import UsageError
from qios.forget.spoken import OWN, own_views, said
from qios.forget.words import Words
from qios.intake.landing import STAGING
from qios.registry.model import Registry

PERSON = "person"


def people_of(
    database: psycopg.Connection, registry: Registry, ids: Sequence[uuid.UUID]
) -> list[uuid.UUID]:
    """The entities that the ids name: an entity's own, or that of an item of the queue, which
    names the person of its row."""
    found = list(ids)
    for _, view in own_views(registry):
        statement = sql.SQL(
            """
            select item.id, row.{}
            from qiaccess.classification_queue as item
            inner join {} as row
                on row.import_batch_id = item.import_batch_id and row.row_number = item.row_number
            where item.id = any(%s)
            """
        ).format(sql.Identifier(OWN), sql.Identifier(STAGING, view.name))
        for item, entity in database.execute(statement, [found]).fetchall():
            found[found.index(item)] = entity
    return found


def merged_with(
    database: psycopg.Connection, registry: Registry, entities: Sequence[uuid.UUID]
) -> list[uuid.UUID]:
    """The entities and whoever was merged with them, locked. UsageError where one is no person,
    neither in core.entities nor in a staged row."""
    found = database.execute(
        """
        with recursive merged as (
            select id, canonical_entity_id from core.entities where id = any(%s)
            union
            select other.id, other.canonical_entity_id
            from merged
            inner join core.entities as other
                on other.id = merged.canonical_entity_id or other.canonical_entity_id = merged.id
        )
        select id, entity_type from core.entities where id in (select id from merged)
        order by id for update
        """,
        [list(entities)],
    ).fetchall()
    types = dict(found)
    types |= dict.fromkeys(_staged_only(database, registry, set(entities) - types.keys()), PERSON)
    for entity in entities:
        if types.get(entity) != PERSON:
            known = f"is of type {types[entity]}, not a person" if entity in types else "is unknown"
            if _is_forgotten(database, entity):
                known = "is forgotten already"
            raise UsageError(
                f"core.entities {entity} {known}",
                "give the entity_id of a row of core.people, or the whole id of an item of "
                "`qios review list`",
            )
    return list(types)


def _is_forgotten(database: psycopg.Connection, entity: uuid.UUID) -> bool:
    statement = "select from core.forgotten_entities where entity_id = %s"
    return database.execute(statement, [entity]).fetchone() is not None


def _staged_only(
    database: psycopg.Connection, registry: Registry, entities: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of the entities of which a row is staged."""
    found = set()
    if entities:
        for _, view in own_views(registry):
            statement = sql.SQL("select {own} from {view} where {own} = any(%s)").format(
                own=sql.Identifier(OWN), view=sql.Identifier(STAGING, view.name)
            )
            found |= {entity for (entity,) in database.execute(statement, [list(entities)])}
    return found


def words_of(database: psycopg.Connection, registry: Registry, group: list[uuid.UUID]) -> Words:
    """What canonical rows, their former versions, the sources' last words and staged rows say."""
    words = Words()
    for row in [*_held(database, group), *_staged(database, registry, group)]:
        words.take(row)
    return words


def _held(database: psycopg.Connection, group: list[uuid.UUID]) -> Iterator[dict[str, Any]]:
    """Rows as they are, as they were, and as the sources gave them."""
    with database.cursor() as cursor:
        yield from (
            row
            for (row,) in cursor.execute(
                """
                with held as (
                    select id, to_jsonb(row) as said from core.entities as row
                    where id = any(%(group)s)
                    union all
                    select id, to_jsonb(row) from core.people as row
                    where entity_id = any(%(group)s)
                    union all
                    select id, to_jsonb(row) from core.identifiers as row
                    where entity_id = any(%(group)s)
                )
                select said from held
                union all
                select word.source_values
                from qinexus.source_values as word inner join held using (id)
                union all
                select image.said
                from core.audit_events as event
                cross join lateral (
                    values (event.before_image::jsonb), (event.after_image::jsonb)
                ) as image (said)
                where event.target_schema = 'core'
                    and event.target_table in ('entities', 'people', 'identifiers')
                    and (
                        event.target_id in (select id from held)
                        or image.said ->> 'entity_id' = any(%(group)s::uuid[]::text[])
                    )
                    and image.said is not null
                """,
                {"group": group},
            )
        )


def _staged(
    database: psycopg.Connection, registry: Registry, group: list[uuid.UUID]
) -> Iterator[dict[str, Any]]:
    """The rows of typed views that are of the person itself, by field key."""
    for columns, view in own_views(registry):
        listed = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
        statement = sql.SQL("select {} from {} where {} = any(%s)").format(
            listed, sql.Identifier(STAGING, view.name), sql.Identifier(OWN)
        )
        with database.cursor(row_factory=dict_row) as cursor:
            for row in cursor.execute(statement, [group]):
                yield from said(columns, row)
