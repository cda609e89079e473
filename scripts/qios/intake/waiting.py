"""Which registered files wait to be staged, and which refused rows may be tried again."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from qios.gate import clean_text
from qios.intake.archive.kinds import MEDIA_TYPES
from qios.intake.archive.members import MEMBER
from qios.intake.batch import FileVersion
from qios.intake.decode import storable

UNREAD = sql.SQL(
    """version.media_type <> all(%(archives)s)
    and not exists (
        select from qinexus.import_batches as batch where batch.file_version_id = version.id
    )"""
)
CURRENT = sql.SQL(
    """version.version_number = file.current_version_number
    and (
        %(only)s::text[] is null
        or file.path = any(%(only)s::text[])
        or exists (
            select from unnest(%(only)s::text[]) as archive (path)
            where starts_with(file.path, archive.path || %(member)s)
        )
    )"""
)
THESE = sql.SQL("version.id = any(%(versions)s)")


def unstaged(
    database: psycopg.Connection, only: Collection[Path] | None = None
) -> list[FileVersion]:
    """The current versions that no batch has read, in the order of their registration.

    only: restrict to these absolute paths, and to what is in the archives at them.
    """
    return _versions(database, [CURRENT, UNREAD], {"only": _texts(only)})


def unstaged_of(
    database: psycopg.Connection, at_hand: Mapping[uuid.UUID, str]
) -> list[FileVersion]:
    """Of the versions whose bytes lie at these paths, those that no batch has read.

    The path may be a copy's: the file that was registered first may have changed or gone since.
    """
    found = _versions(database, [THESE, UNREAD], {"versions": list(at_hand)})
    return [replace(version, path=Path(at_hand[version.version_id])) for version in found]


def refused_before(
    database: psycopg.Connection, only: Collection[Path] | None = None
) -> list[FileVersion]:
    """The current versions with refused rows, and just those rows: neither tried again yet nor
    dismissed by a person."""
    refused = dict(
        database.execute(
            """
            select batch.file_version_id, array_agg(refused.row_number)
            from staging.import_rows as refused
            inner join qinexus.import_batches as batch on batch.id = refused.import_batch_id
            where refused.retried_at is null and refused.review_status <> 'rejected'
            group by batch.file_version_id
            """
        ).fetchall()
    )
    values = {"versions": list(refused), "only": _texts(only)}
    found = _versions(database, [CURRENT, THESE], values)
    return [replace(v, retried=frozenset(refused[v.version_id])) for v in found]


def unregistered(database: psycopg.Connection, paths: Iterable[Path]) -> list[Path]:
    """The paths under which no file is registered."""
    rows = database.execute(
        """
        select given.path from unnest(%s::text[]) as given (path)
        where not exists (select from qinexus.files as file where file.path = given.path)
        order by given.path
        """,
        [_texts(paths)],
    )
    return [Path(path) for (path,) in rows]


def _versions(
    database: psycopg.Connection, conditions: list[sql.SQL], values: Mapping[str, object]
) -> list[FileVersion]:
    statement = sql.SQL(
        """
        select file.id, version.id, version.version_number, file.path, version.sha256,
            version.byte_size
        from qinexus.files as file
        inner join qinexus.file_versions as version on version.file_id = file.id
        where {}
        order by version.registered_at, file.path
        """
    ).format(sql.SQL(" and ").join(conditions))
    return [
        FileVersion(file_id, version_id, number, Path(path), sha256, size)
        for file_id, version_id, number, path, sha256, size in database.execute(
            statement, {**values, "archives": list(MEDIA_TYPES.values()), "member": MEMBER}
        )
    ]


def _texts(paths: Iterable[Path] | None) -> list[str] | None:
    """The paths as the database knows them; a name that is no text is no path it could know, and a
    secret in a name is not known to it either."""
    return None if paths is None else [clean_text(storable(str(path))) for path in paths]
