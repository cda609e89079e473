"""Files and the members of archives, registered by their path and their SHA-256."""

import hashlib
import os
import stat
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from qios.errors import UsageError
from qios.gate import clean_text
from qios.intake.archive.kinds import HEAD_BYTES, kind_of
from qios.intake.archive.members import archive_kind
from qios.intake.archive.walk import Found, LeftOut, walk
from qios.intake.decode import storable
from qios.intake.versions import (
    REFUSED,
    SKIPPED,
    UNREADABLE,
    Registered,
    Seen,
    register_together,
)
from qios.turns import REGISTER, take_turn

FILES_A_TRANSACTION = 500


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
    """Register files, each archive followed by its members.

    FILES_A_TRANSACTION files are one transaction, all members of an archive are one. The same bytes
    again are nothing new. New bytes at a known path are a new version of that file.
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
        for file, registered in zip(seen, _register(database, seen), strict=True):
            yield registered
            if file.kind:
                yield from _register_members(database, file, registered)


def look_at(path: Path) -> Seen:
    """Hash a file. OSError where it cannot be read, UnicodeError where its name is not text."""
    str(path).encode()
    with path.open("rb") as stream:
        kind = kind_of(os.pread(stream.fileno(), HEAD_BYTES, 0)) and archive_kind(stream)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        about = os.fstat(stream.fileno())
    changed_at = datetime.fromtimestamp(about.st_mtime, tz=UTC)
    return Seen(str(path), digest, about.st_size, changed_at, kind)


def _register(
    database: psycopg.Connection, seen: list[Seen], parents: Mapping[str, uuid.UUID] | None = None
) -> list[Registered]:
    """Write them down under names in which no secret stands; `parents`: archive → its file's id."""
    named = [
        replace(file, path=clean_text(file.path), parent=file.parent and clean_text(file.parent))
        for file in seen
    ]
    with database.transaction():
        # Two registers at once would both find the same bytes unknown.
        take_turn(database, REGISTER)
        return register_together(database, named, parents)


def _register_members(
    database: psycopg.Connection, archive: Seen, registered: Registered
) -> Iterator[Registered]:
    """Walk an archive each time it is met, as a file is hashed each time: what an earlier run did
    not come to is taken in, and what is there already is found known."""
    with Path(archive.path).open("rb") as stream:
        met = walk(stream, archive.kind, archive.path, archive.byte_size)
    members = [Seen(**vars(found)) for found in met if isinstance(found, Found)]
    yield from _register(database, members, {registered.path: registered.file_id})
    for found in met:
        if isinstance(found, LeftOut):
            outcome = REFUSED if found.refused else SKIPPED
            yield Registered(
                clean_text(found.path), outcome, detail=found.detail, reason_code=found.code
            )
