"""Who captures at this surface: whom a record is about where nobody says otherwise."""

import uuid

import psycopg

from qios.audit.act import acting
from qios.capture.sessions import surface
from qios.errors import UsageError


def set_owner(database: psycopg.Connection, entity: uuid.UUID) -> None:
    """Keep the person for all that is captured here. UsageError where the entity is no person."""
    with acting(database, "set_owner"):
        known = database.execute(
            "select from core.entities where id = %s and entity_type = 'person'", [entity]
        ).fetchone()
        if known is None:
            raise UsageError(
                f"core.entities {entity} is no person", "give the entity_id of a row of core.people"
            )
        database.execute(
            "update qiaccess.user_surfaces set entity_id = %s, updated_at = now() where id = %s",
            [entity, surface(database)],
        )
