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
from qios.intake.batch import FileVersion, Retry
from qios.intake.decode import storable
from qios.intake.holding import UNKNOWN_SOURCE

NO_ARCHIVE = sql.SQL("version.media_type <> all(%(archives)s)")
UNREAD = sql.SQL("version.read_at is null")
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
REFUSED = sql.SQL(
    """version.error_code is not null
    and (%(reason)s::text is null or version.error_code = %(reason)s)"""
)
THESE = sql.SQL("version.id = any(%(versions)s)")


def unstaged(
    database: psycopg.Connection, only: Collection[str] | None = None
) -> list[FileVersion]:
    """The current versions that were not read yet, in the order of their registration.

    only: restrict to these absolute paths, and to what is in the archives at them.
    """
    return _versions(database, [CURRENT, NO_ARCHIVE, UNREAD], {"only": _texts(only)})


def unstaged_of(
    database: psycopg.Connection, at_hand: Mapping[uuid.UUID, str]
) -> list[FileVersion]:
    """Of the versions whose bytes lie at these paths, those that were not read yet.

    The path may be a copy's: the file that was registered first may have changed or gone since.
    """
    found = _versions(database, [THESE, NO_ARCHIVE, UNREAD], {"versions": list(at_hand)})
    return [replace(version, path=Path(at_hand[version.version_id])) for version in found]


def refused_before(
    database: psycopg.Connection,
    only: Collection[str] | None = None,
    *,
    reason: str | None = None,
    batch: str | None = None,
) -> list[FileVersion]:
    """The current versions that were refused, or rows of them: neither tried again since nor
    dismissed by a person.

    reason: restrict to this reason code. batch: to the one whose id begins with this. A version
    that was refused as a whole belongs to no batch.
    """
    retries = _retries(database, reason, batch)
    values = {"versions": list(retries), "only": _texts(only)}
    found = _versions(database, [CURRENT, THESE], values)
    if batch is None:
        wholes = _versions(
            database, [CURRENT, NO_ARCHIVE, REFUSED], {"only": _texts(only), "reason": reason}
        )
        found += [version for version in wholes if version.version_id not in retries]
    return [replace(v, retries=retries.get(v.version_id, {}), again=True) for v in found]


def _retries(
    database: psycopg.Connection, reason: str | None, batch: str | None
) -> dict[uuid.UUID, dict[str, Retry]]:
    """Version -> table -> its refused rows. Row numbers are named where they are not all there."""
    rows = database.execute(
        """
        select batch.file_version_id, coalesce(file.part_name, ''), array_agg(distinct batch.id),
            count(*), bool_and(refused.reason_code = %(unknown)s),
            case when count(*) < max(whole.rows_read) then array_agg(refused.row_number) end
        from staging.import_rows as refused
        inner join qinexus.import_batches as batch on batch.id = refused.import_batch_id
        inner join qinexus.import_files as file on file.import_batch_id = batch.id
        cross join lateral (
            select max(attempt.rows_read) as rows_read
            from qinexus.import_files as attempt
            where attempt.file_version_id = file.file_version_id
                and attempt.part_name is not distinct from file.part_name
        ) as whole
        where refused.retried_at is null and refused.review_status <> 'rejected'
            and (%(reason)s::text is null or refused.reason_code = %(reason)s)
            and (%(batch)s::text is null or starts_with(batch.id::text, %(batch)s))
        group by 1, 2
        """,
        {"reason": reason, "batch": batch, "unknown": UNKNOWN_SOURCE},
    )
    found: dict[uuid.UUID, dict[str, Retry]] = {}
    for version_id, part, batches, waiting, only_unknown, numbers in rows:
        these = None if numbers is None else frozenset(numbers)
        retry = Retry(tuple(batches), these, waiting, only_unknown)
        found.setdefault(version_id, {})[part] = retry
    return found


def unregistered(database: psycopg.Connection, paths: Iterable[str]) -> list[str]:
    """The paths under which no file is registered."""
    rows = database.execute(
        """
        select given.path from unnest(%s::text[]) as given (path)
        where not exists (select from qinexus.files as file where file.path = given.path)
        order by given.path
        """,
        [_texts(paths)],
    )
    return [path for (path,) in rows]


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


def _texts(paths: Iterable[str] | None) -> list[str] | None:
    """The paths as the database knows them; a name that is no text is no path it could know, and a
    secret in a name is not known to it either."""
    return None if paths is None else [clean_text(storable(path)) for path in paths]
