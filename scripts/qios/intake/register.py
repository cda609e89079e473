"""Files and the members of archives, registered by their path and their SHA-256."""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg

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
    note_shut,
    register_together,
)
from qios.turns import REGISTER, take_turn

FILES_A_TRANSACTION = 2000
READ_AT_ONCE = 1 << 18


def register(database: psycopg.Connection, paths: Iterable[str]) -> Iterator[Registered]:
    """Register files, each archive followed by its members.

    FILES_A_TRANSACTION files are one transaction, all members of an archive are one. The same bytes
    again are nothing new. New bytes at a known path are a new version of that file.
    """
    blocks = _blocks(list(paths))
    with ThreadPoolExecutor(1) as ahead:
        # The next files are read while the database takes in these.
        coming = ahead.submit(look_at_all, next(blocks, []))
        while seen := coming.result():
            coming = ahead.submit(look_at_all, next(blocks, []))
            files = [file for file in seen if isinstance(file, Seen)]
            yield from (file for file in seen if isinstance(file, Registered))
            for file, registered in zip(files, _register(database, files), strict=True):
                yield registered
                if file.kind:
                    yield from _register_members(database, file, registered)


def _blocks(files: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(files), FILES_A_TRANSACTION):
        yield files[start : start + FILES_A_TRANSACTION]


def look_at_all(paths: Iterable[str]) -> list[Seen | Registered]:
    """Hash files; those that cannot be read are `unreadable`."""
    seen: list[Seen | Registered] = []
    for path in paths:
        try:
            seen.append(look_at(path))
        except (OSError, UnicodeError) as error:
            detail = getattr(error, "strerror", None) or "its name is not valid UTF-8"
            seen.append(Registered(clean_text(storable(path)), UNREADABLE, detail=detail))
    return seen


def look_at(path: str) -> Seen:
    """Hash a file. OSError where it cannot be read, UnicodeError where its name is not text."""
    path.encode()
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - many files, each opened once
        about = os.fstat(stream.fileno())
        # Nearly every file is small: one read, and its bytes are at hand.
        head = stream.read(READ_AT_ONCE)
        digest = hashlib.sha256(head)
        while more := stream.read(READ_AT_ONCE) if len(head) == READ_AT_ONCE else b"":
            digest.update(more)
        stream.seek(0)
        kind = kind_of(head[:HEAD_BYTES]) and archive_kind(stream)
    changed_at = datetime.fromtimestamp(about.st_mtime, tz=UTC)
    return Seen(path, digest.hexdigest(), about.st_size, changed_at, kind)


def _register(
    database: psycopg.Connection, seen: list[Seen], parents: Mapping[str, uuid.UUID] | None = None
) -> list[Registered]:
    """Write them down; `parents`: archive → its file's id."""
    named = list(map(_named, seen))
    with database.transaction():
        # Two registers at once would both find the same bytes unknown.
        take_turn(database, REGISTER)
        return register_together(database, named, parents)


def _named(file: Seen) -> Seen:
    """The file under a name in which no secret stands."""
    path, parent = clean_text(file.path), file.parent and clean_text(file.parent)
    unchanged = path == file.path and parent == file.parent
    return file if unchanged else replace(file, path=path, parent=parent)


def _register_members(
    database: psycopg.Connection, archive: Seen, registered: Registered
) -> Iterator[Registered]:
    """Walk an archive each time it is met, as a file is hashed each time: what an earlier run did
    not come to is taken in, and what is there already is found known."""
    try:
        with Path(archive.path).open("rb") as stream:
            met = walk(stream, archive.kind, archive.path, archive.byte_size)
    except OSError as error:
        yield Registered(registered.path, UNREADABLE, detail=error.strerror)
        return
    members = [Seen(**vars(found)) for found in met if isinstance(found, Found)]
    outcomes = _register(database, members, {registered.path: registered.file_id})
    shut = {clean_text(at.path): at.code for at in met if isinstance(at, LeftOut) and at.whole}
    within = [at for at, member in zip(outcomes, members, strict=True) if member.kind]
    note_shut(database, {at.version_id: shut.get(at.path) for at in (registered, *within)})
    yield from outcomes
    for found in met:
        if isinstance(found, LeftOut):
            outcome = REFUSED if found.refused else SKIPPED
            yield Registered(
                clean_text(found.path), outcome, detail=found.detail, reason_code=found.code
            )
