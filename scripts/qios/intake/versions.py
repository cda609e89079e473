"""qinexus.files and qinexus.file_versions: which bytes are new, and where they were seen first."""

import mimetypes
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import psycopg
from psycopg import sql

from qios.ids import stable_id
from qios.intake.archive.kinds import MEDIA_TYPES

UNKNOWN_TYPE = "application/octet-stream"

NEW, CHANGED, KNOWN, COPY, UNREADABLE = "new", "changed", "known", "copy", "unreadable"
REFUSED, SKIPPED = "refused", "skipped"


@dataclass(frozen=True)
class Seen:
    """A file on disk or in an archive: path, SHA-256 as hex, size in bytes, time of last change.

    kind: of the archive that it is. parent: the path of the archive it is in.
    """

    path: str
    sha256: str
    byte_size: int
    modified_at: datetime | None
    kind: str | None = None
    parent: str | None = None

    @property
    def media_type(self) -> str:
        """By its bytes where it is an archive, else by its name."""
        if self.kind:
            return MEDIA_TYPES[self.kind]
        return _type_by_name(self.path.rpartition("/")[2].rpartition(".")[2])


@cache
def _type_by_name(suffix: str) -> str:
    by_name = mimetypes.guess_type(f"file.{suffix}")[0]
    return UNKNOWN_TYPE if by_name in (None, *MEDIA_TYPES.values()) else by_name


@dataclass(frozen=True)
class Registered:
    """What became of a path. `first_path` names the first copy of the same bytes.

    reason_code: why an archive or a member of it is not taken in.
    """

    path: str
    outcome: str
    file_id: uuid.UUID | None = None
    version_id: uuid.UUID | None = None
    first_path: str | None = None
    detail: str | None = None
    reason_code: str | None = None


def register_together(
    database: psycopg.Connection,
    seen: list[Seen],
    parents: Mapping[str, uuid.UUID] | None = None,
) -> list[Registered]:
    """Register files in the open transaction, an archive before its members.

    parents: path -> file id of archives that are registered already.
    """
    file_ids = dict(parents or {})
    at_path = _latest_versions(database, [file.path for file in seen])
    by_hash = _first_versions(database, [file.sha256 for file in seen])
    outcomes, new_files, new_versions = [], [], []
    for file in seen:
        here, first = at_path.get(file.path), by_hash.get(file.sha256)
        if here and here["sha256"] == file.sha256:
            outcomes.append(Registered(file.path, KNOWN, here["file_id"], here["version_id"]))
        elif first and not here:
            outcomes.append(
                Registered(file.path, COPY, first["file_id"], first["version_id"], first["path"])
            )
        else:
            number = here["version_number"] + 1 if here else 1
            file_id = here["file_id"] if here else stable_id("qinexus.files", file.sha256)
            version_id = stable_id("qinexus.file_versions", str(file_id), str(number))
            if not here:
                name = file.path.rpartition("/")[2]
                parent_id = file_ids.get(file.parent)
                new_files.append((file_id, file.path, name, file.media_type, parent_id))
            new_versions.append(
                (
                    *(version_id, file_id, number, file.sha256),
                    *(file.byte_size, file.media_type, file.modified_at),
                )
            )
            version = {
                "file_id": file_id, "version_id": version_id, "version_number": number,
                "sha256": file.sha256, "path": file.path,
            }  # fmt: skip
            at_path[file.path] = version
            by_hash.setdefault(file.sha256, version)
            outcomes.append(Registered(file.path, CHANGED if here else NEW, file_id, version_id))
        file_ids[file.path] = outcomes[-1].file_id
    _write(database, new_files, new_versions)
    return outcomes


def note_shut(database: psycopg.Connection, archives: Mapping[uuid.UUID, str | None]) -> None:
    """Note of archives why they stay unopened; None where they were opened."""
    with database.transaction():
        database.execute(
            """
            update qinexus.file_versions as version
            set error_code = archive.code, updated_at = now()
            from unnest(%s::uuid[], %s::text[]) as archive (version_id, code)
            where version.id = archive.version_id
                and version.error_code is distinct from archive.code
            """,
            [list(archives), list(archives.values())],
        )


def _latest_versions(database: psycopg.Connection, paths: list[str]) -> dict:
    rows = database.execute(
        """
        select file.path, file.id, version.id, version.version_number, version.sha256
        from qinexus.files as file
        inner join qinexus.file_versions as version
            on version.file_id = file.id and version.version_number = file.current_version_number
        where file.path = any(%s)
        """,
        [paths],
    )
    keys = ("path", "file_id", "version_id", "version_number", "sha256")
    return {row[0]: dict(zip(keys, row, strict=True)) for row in rows}


def _first_versions(database: psycopg.Connection, hashes: list[str]) -> dict:
    rows = database.execute(
        """
        select distinct on (version.sha256) version.sha256, file.path, file.id, version.id
        from qinexus.file_versions as version
        inner join qinexus.files as file on file.id = version.file_id
        where version.sha256 = any(%s)
        order by version.sha256, version.registered_at, file.path
        """,
        [hashes],
    )
    keys = ("sha256", "path", "file_id", "version_id")
    return {row[0]: dict(zip(keys, row, strict=True)) for row in rows}


def _write(database: psycopg.Connection, files: list, versions: list) -> None:
    with database.cursor() as cursor:
        _copy(cursor, "files", ("id", "path", "file_name", "media_type", "parent_file_id"), files)
        _copy(
            cursor,
            "file_versions",
            (
                *("id", "file_id", "version_number", "sha256", "byte_size", "media_type"),
                "modified_at",
            ),
            versions,
        )
        cursor.executemany(
            """
            update qinexus.files
            set current_version_number = %s, updated_at = now()
            where id = %s and current_version_number < %s
            """,
            [(number, file_id, number) for _, file_id, number, *_ in versions if number > 1],
        )


def _copy(cursor: psycopg.Cursor, table: str, columns: Sequence[str], rows: list) -> None:
    if not rows:
        return
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier("qinexus", table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
