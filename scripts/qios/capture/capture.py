"""Taking something in: an event, the entry that it seems to be, and an item of the review queue."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.types.json import Jsonb

from qios.audit.act import acting
from qios.capture.reading import Said, read
from qios.capture.routes import Route, route_of
from qios.capture.sessions import open_session, surface
from qios.gate import clean_text
from qios.person import person


@dataclass(frozen=True)
class File:
    """A registered file that is captured."""

    id: uuid.UUID
    name: str
    media_type: str
    sha256: str
    byte_size: int


@dataclass(frozen=True)
class Captured:
    """What came of it. `known`: the same was captured in this session before, nothing is new."""

    capture_event_id: uuid.UUID
    classification_queue_id: uuid.UUID
    known: bool
    target: str
    entry_type: str
    title: str
    due_at: datetime | None


def capture(
    database: psycopg.Connection,
    text: str,
    file: File | None = None,
    about: uuid.UUID | None = None,
    *,
    again: bool = False,
) -> Captured:
    """Take in words, a file, or both; in them every secret is replaced first.

    about: the entity that it is about. again: take it in though the session has it already.
    """
    text = clean_text(text).strip()
    sha256 = hashlib.sha256("\x1f".join((text, file.sha256 if file else "")).encode()).hexdigest()
    with acting(database, "capture"):
        surface_id = surface(database)
        # One capture of a surface at a time: two at once would open two sessions.
        database.execute(
            "select from qiaccess.user_surfaces where id = %s for no key update", [surface_id]
        )
        channel = "upload" if file else "typed"
        session = open_session(database, surface_id, channel)
        known = None if again else _known(database, session, sha256)
        event = known or _take_in(
            database, text, file, about, sha256, (surface_id, session, channel)
        )
        return _told(database, event, known=known is not None)


def _known(database: psycopg.Connection, session: uuid.UUID, sha256: str) -> uuid.UUID | None:
    row = database.execute(
        """
        select id from qiaccess.capture_events
        where sha256 = %s and intake_session_id = %s and status <> 'discarded'
        """,
        [sha256, session],
    ).fetchone()
    return row and row[0]


def _take_in(
    database: psycopg.Connection,
    text: str,
    file: File | None,
    about: uuid.UUID | None,
    sha256: str,
    where: tuple[uuid.UUID, uuid.UUID, str],
) -> uuid.UUID:
    """Write event, entry and item; where: (surface, session, channel). The event's id."""
    surface_id, session, channel = where
    at = datetime.now().astimezone()
    media_type = file.media_type if file else "text/plain"
    words = text or file.name
    route = route_of(database, words, file.name if file else None, media_type, channel, surface_id)
    said = read(words, at)
    event = {
        "id": uuid.uuid4(),
        "at": at,
        "by": person(),
        "channel": channel,
        "surface": surface_id,
        "session": session,
        "text": text or None,
        "media_type": media_type,
        "file": file and file.id,
        "byte_size": file.byte_size if file else len(text.encode()),
        "sha256": sha256,
    }
    database.execute(
        """
        insert into qiaccess.capture_events (id, captured_at, captured_by, channel, surface_id,
            intake_session_id, content_text, media_type, file_id, byte_size, sha256, status,
            created_by)
        values (%(id)s, %(at)s, %(by)s, %(channel)s, %(surface)s, %(session)s, %(text)s,
            %(media_type)s, %(file)s, %(byte_size)s, %(sha256)s, 'queued', %(by)s)
        """,
        event,
    )
    database.execute(
        """
        update qiaccess.intake_sessions set capture_count = capture_count + 1, updated_at = now()
        where id = %s
        """,
        [session],
    )
    database.execute(
        "update qiaccess.user_surfaces set last_seen_at = now() where id = %s", [surface_id]
    )
    _queue(database, event, route, said, about)
    return event["id"]


def _queue(
    database: psycopg.Connection,
    event: dict[str, object],
    route: Route,
    said: Said,
    about: uuid.UUID | None,
) -> None:
    """The entry that the capture seems to be, and its item; the item repeats no word of it."""
    entry = {
        "event": event["id"],
        "by": event["by"],
        "at": event["at"],
        "text": event["text"],
        "type": route.entry_type,
        "title": said.title,
        "about": about,
        "route": route.id,
        "due_at": said.when,
        "amount": said.amount,
        "currency": said.currency,
        "schema": route.target_schema,
        "table": route.target_table,
        "explanation": Jsonb([{"field": "route", "left": None, "right": route.route_key}]),
    }
    database.execute(
        """
        insert into qiaccess.quick_entries (capture_event_id, entry_type, title, content_text,
            entered_at, entity_id, entry_route_id, due_at, amount, currency, status, created_by)
        values (%(event)s, %(type)s, %(title)s, %(text)s, %(at)s, %(about)s, %(route)s,
            %(due_at)s, %(amount)s, %(currency)s, 'queued', %(by)s)
        """,
        entry,
    )
    database.execute(
        """
        insert into qiaccess.classification_queue (capture_event_id, target_schema, target_table,
            proposed_action, waiting_reason, explanation, created_by)
        values (%(event)s, %(schema)s, %(table)s, 'new', 'capture', %(explanation)s, %(by)s)
        """,
        entry,
    )


def _told(database: psycopg.Connection, event: uuid.UUID, *, known: bool) -> Captured:
    row = database.execute(
        """
        select event.id, item.id, item.target_schema || '.' || item.target_table,
            entry.entry_type, entry.title, entry.due_at
        from qiaccess.capture_events as event
        inner join qiaccess.classification_queue as item on item.capture_event_id = event.id
        inner join qiaccess.quick_entries as entry on entry.capture_event_id = event.id
        where event.id = %s
        """,
        [event],
    ).fetchone()
    event_id, item_id, *rest = row
    return Captured(event_id, item_id, known, *rest)
