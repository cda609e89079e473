"""Which entity a person means: by its id or the beginning of it, an e-mail address, or a name."""

import uuid

import psycopg

from qios.errors import UsageError

BY_ID = """
    select id, entity_type, display_name, canonical_entity_id from core.entities
    where id >= %(first)s and id <= %(last)s limit 20
"""
BY_WORD = """
    select distinct entity.id, entity.entity_type, entity.display_name, entity.canonical_entity_id
    from core.entities as entity
    where lower(entity.display_name) = lower(%(word)s)
        or entity.id in (
            select entity_id from core.identifiers
            where identifier_type = 'email' and value = lower(%(word)s)
        )
    limit 20
"""


def find_entity(database: psycopg.Connection, word: str) -> uuid.UUID:
    """The id of the one entity that a word names. Raises UsageError where none or several do."""
    beginning = word.replace("-", "").lower()
    if beginning and not set(beginning) - set("0123456789abcdef") and len(beginning) <= 32:
        ends = {"first": beginning.ljust(32, "0"), "last": beginning.ljust(32, "f")}
        found = database.execute(BY_ID, {name: uuid.UUID(end) for name, end in ends.items()})
        if found.rowcount:
            return _only(word, found.fetchall())
    return _only(word, database.execute(BY_WORD, {"word": word}).fetchall())


def _only(word: str, found: list[tuple]) -> uuid.UUID:
    if not found:
        raise UsageError(
            f"no entity is named {word!r}",
            "name it by its id or the beginning of it, its e-mail address or its whole name",
        )
    if len(found) > 1:
        lines = [
            f"\n    {entity} {name} ({kind}{', merged' if canonical else ''})"
            for entity, kind, name, canonical in found
        ]
        raise UsageError(f"{word!r} may be one of{''.join(lines)}", "name it by its id")
    return found[0][0]
