"""Who else has the person's name, address or telephone number, and therefore keeps it."""

import re
import uuid
from typing import Any

import psycopg
from psycopg.rows import dict_row

from qios.forget.group import PERSON
from qios.forget.letters import folded
from qios.forget.words import Words


def leave_to_others(
    database: psycopg.Connection, words: Words, group: list[uuid.UUID]
) -> list[dict[str, Any]]:
    """Drop the words that name somebody else too; who that is: {entity_id, display_name, shares}.

    A namesake keeps the name, a household its telephone number, and a relative the family name.
    """
    namesakes = _with_same_name(database, words, group)
    household = _with_same_address(database, words, group)
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
    database: psycopg.Connection, words: Words, group: list[uuid.UUID]
) -> list[dict[str, Any]]:
    """Those who are reached by the same words, which the person may have had only for a while, as
    during a merge that was taken back."""
    given = {
        "group": group,
        "addresses": [address.lower() for address in words.addresses],
        "numbers": [country + national for country, national in words.phones],
    }
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            select distinct other.id as entity_id, other.display_name, theirs.value as shares,
                coalesce(theirs.raw_value, theirs.value) as as_written
            from core.identifiers as theirs
            inner join core.entities as other on other.id = theirs.entity_id
            cross join lateral (values (theirs.value), (theirs.raw_value)) as form (said)
            where theirs.entity_id <> all(%(group)s)
                and (
                    lower(form.said) = any(%(addresses)s)
                    or regexp_replace(form.said, '[^0-9]', '', 'g') = any(%(numbers)s)
                )
            order by other.id, theirs.value
            """,
            given,
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
