"""The bytes behind a registered path, be it a file on disk or a member of an archive."""

import errno
import gzip
import io
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from qios.gate import clean_text
from qios.intake.archive.kinds import GZIP, HEAD_BYTES, TAR, kind_of
from qios.intake.archive.members import MEMBER, Member, Refused, archive_kind, damage, members
from qios.intake.archive.walk import Limits

HELD_BYTES = 64 << 20
"""A member up to this size is read into memory; a larger one is unpacked as it is read."""

HELD_TAR_BYTES = 256 << 20
OPEN_ARCHIVES = 4
_PIECE = 1 << 20


def open_bytes(path: Path) -> BinaryIO:
    """A seekable stream of the file or archive member at a path.

    Raises OSError where there is none, or where its archive cannot be read.
    """
    if MEMBER not in str(path) or path.is_file():
        return path.open("rb")
    try:
        with damage("damaged_archive"):
            return _read_in(_member_at(str(path)))
    except Refused as refused:
        raise OSError(errno.EIO, refused.detail, str(path)) from refused


def paths_beside(path: Path) -> list[Path]:
    """What else is in the innermost archive of a member; nothing where it lies on disk."""
    archive, between, _ = str(path).rpartition(MEMBER)
    if not between or path.is_file():
        return []
    return members_of(Path(archive))


def members_of(archive: Path) -> list[Path]:
    """The paths of what is in an archive. Raises OSError where it cannot be read."""
    at = str(archive)
    try:
        return [Path(f"{at}{MEMBER}{name}") for name in _members_of(at, _as_found(at))]
    except Refused as refused:
        raise OSError(errno.EIO, refused.detail, at) from refused


def _read_in(member: Member) -> BinaryIO:
    stream = member.open()
    held = io.BytesIO()
    # A stream may make room for all that it is asked for at once.
    while piece := stream.read(_PIECE):
        held.write(piece)
        if held.tell() > HELD_BYTES:
            stream.seek(0)
            return stream
    stream.close()
    held.seek(0)
    return held


def _member_at(path: str) -> Member:
    """The member that a path names; Refused where it is not there."""
    archive, parts = outermost(path)
    as_found, name = _as_found(path), ""
    for part in parts:
        inside = _members_of(archive, as_found)
        name = f"{name}{MEMBER}{part}" if name else part
        if name in inside:
            archive, found, name = f"{archive}{MEMBER}{name}", inside[name], ""
    if name or not parts:
        raise Refused("no_such_member", "it is not in its archive any more")
    return found


def outermost(path: str) -> tuple[str, list[str]]:
    """The archive on disk that a path leads through, and the parts of the path behind it."""
    first, *parts = path.split(MEMBER)
    while parts and not Path(first).is_file():
        first = f"{first}{MEMBER}{parts.pop(0)}"
    return first, parts


def _as_found(path: str) -> tuple[int, int, int]:
    """Tells the archive on disk from another that lay at its path before."""
    about = Path(outermost(path)[0]).stat()
    return about.st_ino, about.st_mtime_ns, about.st_size


@lru_cache(maxsize=OPEN_ARCHIVES)
def _members_of(path: str, as_found: tuple[int, ...]) -> dict[str, Member]:
    """Name -> member of the archive at a path. Members are read one after the other, and an archive
    within an archive is unpacked once and not for each of them."""
    stream = open_bytes(Path(path))
    kind = archive_kind(stream)
    if kind is None:
        return {}
    if kind == GZIP:
        stream, kind = _unpacked_tar(stream)
    inside = members(stream, kind, path, Limits().total)
    # A path knows a member by its name without the secrets that may stand there.
    return {clean_text(member.name): member for member in inside}


def _unpacked_tar(stream: BinaryIO) -> tuple[BinaryIO, str]:
    """A packed tar unpacked, where it is small enough: its members are asked for in any order, and
    each step back would unpack it from its start."""
    unpacked = gzip.GzipFile(fileobj=stream)
    head = unpacked.read(HEAD_BYTES)
    if kind_of(head) == TAR:
        rest = unpacked.read(HELD_TAR_BYTES - len(head) + 1)
        if len(head) + len(rest) <= HELD_TAR_BYTES:
            return io.BytesIO(head + rest), TAR
    stream.seek(0)
    return stream, GZIP
