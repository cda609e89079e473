"""Who is meant, with all that was merged into them, and everything that was ever their name."""

import re
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.errors import UsageError
from qios.forget.letters import folded
from qios.forget.words import ADDRESS, FULL, SINGLE, Words
from qios.intake.landing import STAGING
from qios.intake.sources import reviewed_sources
from qios.registry.model import Registry

PERSON = "person"
SPOKEN = (*FULL, *SINGLE, *ADDRESS)


def merged_with(database: psycopg.Connection, entities: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """The entities and whoever was merged with them, locked. UsageError where one is no person."""
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
    for entity in entities:
        if types.get(entity) != PERSON:
            known = f"is of type {types[entity]}, not a person" if entity in types else "is unknown"
            raise UsageError(
                f"core.entities {entity} {known}",
                "give the entity_id of a row of core.people",
            )
    return list(types)


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
    for source in reviewed_sources():
        view = registry.relations[f"{STAGING}.{source.view}"]
        if not any(column.name == "entity_id" for column in view.live_columns):
            continue
        columns = [
            column
            for column in view.live_columns
            if column.field["field_key"] in SPOKEN and column.data_type == "text"
        ]
        listed = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
        statement = sql.SQL("select {} from {} where entity_id = any(%s)")
        name = sql.Identifier(STAGING, source.view)
        for row in database.execute(statement.format(listed, name), [group]):
            for column, value in zip(columns, row, strict=True):
                if column.field["field_key"] not in SINGLE:
                    yield {column.field["field_key"]: value}
            yield {c.field["field_key"]: v for c, v in zip(columns, row, strict=True)}


def leave_to_others(
    database: psycopg.Connection, words: Words, group: list[uuid.UUID]
) -> list[dict[str, Any]]:
    """Drop the words that name somebody else too; who that is: {entity_id, display_name, shares}.

    A namesake keeps the name, a household its telephone number, and a relative the family name.
    """
    namesakes = _with_same_name(database, words, group)
    household = _with_same_address(database, group)
    for other in namesakes:
        theirs = Words()
        theirs.take(other)
        words.names -= {
            name
            for name in words.names
            for same in theirs.names
            if sorted(map(folded, name)) == sorted(map(folded, same))
        }
    for other in household:
        theirs = Words()
        theirs.take({"value": other["shares"]})
        theirs.take({"value": other.pop("as_written")})
        words.addresses -= theirs.addresses
        words.phones -= theirs.phones
    words.parts -= _parts_of_others(database, words, group)
    return namesakes + household


def _with_same_name(
    database: psycopg.Connection, words: Words, group: list[uuid.UUID]
) -> list[dict[str, Any]]:
    names = [
        " ".join(re.findall(r"[^\W_]+", " ".join(order)))
        for name in words.names
        for order in (name, (name[-1], *name[:-1]))
    ]
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            select id as entity_id, display_name, display_name as shares from core.entities
            where id <> all(%s) and status <> 'merged' and entity_type = %s
                and btrim(regexp_replace(core.plain(display_name), '[^[:alnum:]]+', ' ', 'g')) in (
                    select core.plain(name) from unnest(%s::text[]) as name
                )
            order by id
            """,
            [group, PERSON, names],
        ).fetchall()


def _with_same_address(
    database: psycopg.Connection, group: list[uuid.UUID]
) -> list[dict[str, Any]]:
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            select distinct other.id as entity_id, other.display_name, own.value as shares,
                coalesce(own.raw_value, own.value) as as_written
            from core.identifiers as own
            inner join core.identifiers as theirs
                on theirs.identifier_type = own.identifier_type and theirs.value = own.value
            inner join core.entities as other on other.id = theirs.entity_id
            where own.entity_id = any(%(group)s) and theirs.entity_id <> all(%(group)s)
            order by other.id, own.value
            """,
            {"group": group},
        ).fetchall()


def _parts_of_others(
    database: psycopg.Connection, words: Words, group: list[uuid.UUID]
) -> set[str]:
    """The single words that stand in the name of another person, too."""
    found = database.execute(
        """
        select distinct given.part
        from unnest(%(parts)s::text[]) as given (part)
        inner join (
            select regexp_split_to_table(core.plain(display_name), '[^[:alnum:]]+') as part
            from core.entities where id <> all(%(group)s) and entity_type = %(person)s
        ) as theirs on theirs.part = core.plain(given.part)
        """,
        {"parts": list(words.parts), "group": group, "person": PERSON},
    )
    return {part for (part,) in found}
