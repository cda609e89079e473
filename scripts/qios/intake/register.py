"""Files into qinexus.files and file_versions: their path, their SHA-256, never their content."""

import hashlib
import mimetypes
import os
import stat
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from qios.errors import UsageError
from qios.gate import clean_text
from qios.ids import stable_id
from qios.intake.decode import storable
from qios.turns import REGISTER, take_turn

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
    """The files that the paths name, folders searched recursively, in sorted order, links resolved.

    What cannot be reached inside a folder (a link that leads nowhere, a folder closed to us) is in
    the list too: reading it tells why. Raises UsageError for a path that cannot be reached or is
    neither a file nor a folder.
    """
    found: set[Path] = set()
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise UsageError(
                f"{path}: {error.strerror}", "check the path for a typing error"
            ) from error
        if stat.S_ISDIR(mode):
            found.update(_files_in(path))
        elif stat.S_ISREG(mode):
            found.add(_real(path))
        else:
            raise UsageError(f"{path} is neither a file nor a folder", "name one of those")
    return sorted(found)


def _files_in(top: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for folder, _, names in os.walk(top, onerror=closed.append):
        for path in (Path(folder, name) for name in names):
            try:
                mode = path.stat().st_mode
            except OSError:
                yield _real(path.parent) / path.name
                continue
            if stat.S_ISREG(mode):
                yield _real(path)
    yield from (_real(Path(error.filename)) for error in closed)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


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
            except (OSError, UnicodeError) as error:
                detail = getattr(error, "strerror", None) or "its name is not valid UTF-8"
                yield Registered(clean_text(storable(str(path))), UNREADABLE, detail=detail)
        with database.transaction():
            # Two registers at once would both find the same bytes unknown.
            take_turn(database, REGISTER)
            yield from _register_together(database, seen)


def look_at(path: Path) -> Seen:
    """Hash a file. OSError where it cannot be read, UnicodeError where its name is not text."""
    str(path).encode()
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        about = os.fstat(stream.fileno())
    return Seen(
        clean_text(str(path)), digest, about.st_size, datetime.fromtimestamp(about.st_mtime, tz=UTC)
    )


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
            new_files.append((file_id, file.path, Path(file.path).name, media_type))
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
