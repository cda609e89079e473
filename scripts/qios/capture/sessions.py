"""Where and when captures are made: the command line as a surface, and its sessions."""

import platform
import uuid
from datetime import timedelta

import psycopg

from qios.ids import stable_id
from qios.person import person

IDLE = timedelta(minutes=30)
"""A session without a capture for so long has ended."""

SURFACE = "command_line"


def surface(database: psycopg.Connection) -> uuid.UUID:
    """The command line as a place where information enters; made when it is first used."""
    surface_id = stable_id("qiaccess.user_surfaces", SURFACE)
    database.execute(
        """
        insert into qiaccess.user_surfaces (id, surface_key, name, surface_type, platform, app_id)
        values (%s, %s, 'Command line', 'cli', %s,
            (select id from qisystem.apps where app_key = 'qios'))
        on conflict (surface_key) do nothing
        """,
        [surface_id, SURFACE, platform.system().lower()],
    )
    return surface_id


def open_session(database: psycopg.Connection, surface_id: uuid.UUID, channel: str) -> uuid.UUID:
    """The open session of the person at the surface; one that was idle too long is left behind."""
    whose = {"surface": surface_id, "by": person(), "channel": channel, "idle": IDLE}
    database.execute(
        """
        update qiaccess.intake_sessions as session
        set status = 'abandoned', ended_at = last.captured_at, updated_at = now()
        from (
            select still_open.id, (
                select max(event.captured_at) from qiaccess.capture_events as event
                where event.intake_session_id = still_open.id
            ) as captured_at
            from qiaccess.intake_sessions as still_open
            where still_open.surface_id = %(surface)s and still_open.status = 'open'
        ) as last
        where last.id = session.id and last.captured_at < now() - %(idle)s
        """,
        whose,
    )
    open_one = database.execute(
        """
        select id from qiaccess.intake_sessions
        where surface_id = %(surface)s and started_by = %(by)s and status = 'open'
        order by started_at desc limit 1
        """,
        whose,
    ).fetchone()
    return (
        open_one
        or database.execute(
            """
            insert into qiaccess.intake_sessions (surface_id, channel, started_by, created_by)
            values (%(surface)s, %(channel)s, %(by)s, %(by)s) returning id
            """,
            whose,
        ).fetchone()
    )[0]
