"""Files into qinexus.files and file_versions: their path, their SHA-256, never their content."""

import hashlib
import mimetypes
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from qios.errors import UsageError
from qios.ids import stable_id

FILES_A_TRANSACTION = 500
UNKNOWN_TYPE = "application/octet-stream"

NEW, CHANGED, KNOWN, COPY, UNREADABLE = "new", "changed", "known", "copy", "unreadable"


@dataclass(frozen=True)
class Seen:
    """A file on disk: absolute path, SHA-256 as hex, size in bytes, time of its last change."""

    path: str
    sha256: str
    byte_size: int
    modified_at: datetime


@dataclass(frozen=True)
class Registered:
    """What became of a path. `first_path` names the first copy of the same bytes."""

    path: str
    outcome: str
    file_id: uuid.UUID | None = None
    version_id: uuid.UUID | None = None
    first_path: str | None = None
    detail: str | None = None


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The regular files that the paths name, folders searched recursively, in sorted order.

    Raises UsageError for a path that is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder", "check the path for a typing error")
        if path.is_dir():
            for folder, _, names in os.walk(path):
                found |= dict.fromkeys(Path(folder).resolve() / name for name in names)
        else:
            found[path.resolve()] = None
    return sorted(path for path in found if path.is_file())


def register(database: psycopg.Connection, paths: Iterable[Path]) -> Iterator[Registered]:
    """Register files; each FILES_A_TRANSACTION of them are one transaction.

    The same bytes again are nothing new. New bytes at a known path are a new version of that file.
    """
    files = list(paths)
    for start in range(0, len(files), FILES_A_TRANSACTION):
        seen = []
        for path in files[start : start + FILES_A_TRANSACTION]:
            try:
                seen.append(look_at(path))
            except OSError as error:
                detail = error.strerror or str(error)
                yield Registered(str(path), UNREADABLE, detail=detail)
        with database.transaction():
            # Two registers at once would both find the same bytes unknown.
            database.execute("select pg_advisory_xact_lock(hashtext('qinexus.files'))")
            yield from _register_together(database, seen)


def look_at(path: Path) -> Seen:
    """Hash a file. OSError where it cannot be read."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        about = os.fstat(stream.fileno())
    return Seen(str(path), digest, about.st_size, datetime.fromtimestamp(about.st_mtime, tz=UTC))


def _register_together(database: psycopg.Connection, seen: list[Seen]) -> list[Registered]:
    at_path = _latest_versions(database, [file.path for file in seen])
    by_hash = _first_versions(database, [file.sha256 for file in seen])
    outcomes, new_files, new_versions = [], [], []
    for file in seen:
        here, first = at_path.get(file.path), by_hash.get(file.sha256)
        if here and here["sha256"] == file.sha256:
            outcomes.append(Registered(file.path, KNOWN, here["file_id"], here["version_id"]))
            continue
        if first and not here:
            outcomes.append(
                Registered(file.path, COPY, first["file_id"], first["version_id"], first["path"])
            )
            continue
        number = here["version_number"] + 1 if here else 1
        file_id = here["file_id"] if here else stable_id("qinexus.files", file.sha256)
        version_id = stable_id("qinexus.file_versions", str(file_id), str(number))
        media_type = mimetypes.guess_type(file.path)[0] or UNKNOWN_TYPE
        if not here:
            new_files.append((file_id, file.path, os.path.basename(file.path), media_type))
        new_versions.append(
            (version_id, file_id, number, file.sha256, file.byte_size, media_type, file.modified_at)
        )
        version = {
            "file_id": file_id, "version_id": version_id, "version_number": number,
            "sha256": file.sha256, "path": file.path,
        }  # fmt: skip
        at_path[file.path] = version
        by_hash.setdefault(file.sha256, version)
        outcomes.append(Registered(file.path, CHANGED if here else NEW, file_id, version_id))
    _write(database, new_files, new_versions)
    return outcomes


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
        cursor.executemany(
            "insert into qinexus.files (id, path, file_name, media_type) values (%s, %s, %s, %s)",
            files,
        )
        cursor.executemany(
            """
            insert into qinexus.file_versions
                (id, file_id, version_number, sha256, byte_size, media_type, modified_at)
            values (%s, %s, %s, %s, %s, %s, %s)
            """,
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
