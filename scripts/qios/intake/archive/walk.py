"""All files in an archive and in the archives within it, hashed as they stream by."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from qios.intake.archive.kinds import HEAD_BYTES, kind_of
from qios.intake.archive.members import (
    MEMBER,
    Member,
    Refused,
    archive_kind,
    damage,
    members,
)

_PIECE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What an archive may unpack to, counted over all the archives within it.

    total: bytes. held: bytes of an archive within, which is kept in memory while it is read.
    ratio: unpacked bytes a packed one, looked at from `ratio_from` unpacked bytes on.
    """

    total: int = 8 << 30
    held: int = 1 << 30
    ratio: int = 200
    ratio_from: int = 8 << 20
    count: int = 100_000
    depth: int = 3


@dataclass(frozen=True)
class Found:
    """A member: its path, SHA-256 as hex, size in bytes, and the path of its archive."""

    path: str
    parent: str
    sha256: str
    byte_size: int
    modified_at: datetime | None
    kind: str | None


@dataclass(frozen=True)
class LeftOut:
    """What of an archive is not taken in: the path, a reason code, and the detail.

    refused is False for what nobody misses. whole: the archive as such was given up.
    """

    path: str
    code: str
    detail: str
    refused: bool = True
    whole: bool = False


def walk(
    stream: BinaryIO, kind: str, path: str, packed_size: int, limits: Limits | None = None
) -> list[Found | LeftOut]:
    """The members of an archive, each archive before what is in it.

    An archive that breaks a limit gives nothing but the reason: half of a bomb is of no use.
    """
    limits = limits or Limits()
    walking = _Walk(limits, packed_size)
    try:
        return list(walking.through(stream, kind, path, depth=1))
    except Refused as refused:
        return [LeftOut(path, refused.code, refused.detail, whole=True)]


class _Walk:
    """One way through an archive, and how much of the limits it has used."""

    def __init__(self, limits: Limits, packed_size: int) -> None:
        self._limits = limits
        self._packed = packed_size
        self._bytes = 0
        self._count = 0

    def through(
        self, stream: BinaryIO, kind: str, path: str, depth: int
    ) -> Iterator[Found | LeftOut]:
        """The members of an archive. Raises Refused where a limit is broken."""
        try:
            for member in members(stream, kind, path, self._limits.total):
                self._count_one()
                yield from self._take(member, path, depth)
        except Refused as refused:
            if refused.code == "archive_bomb":
                raise
            yield LeftOut(path, refused.code, refused.detail, whole=True)

    def _take(self, member: Member, parent: str, depth: int) -> Iterator[Found | LeftOut]:
        path = f"{parent}{MEMBER}{member.name}"
        if member.refused:
            yield LeftOut(path, member.refused.code, member.refused.detail)
            return
        if member.skipped:
            yield LeftOut(path, member.skipped, "left out", refused=False)
            return
        self._expect(member)
        try:
            found, held = self._hashed(member, path, parent)
        except Refused as refused:
            if refused.code == "archive_bomb":
                raise
            yield LeftOut(path, refused.code, refused.detail)
            return
        yield found
        if held is None:
            return
        if depth == self._limits.depth:
            why = f"archives are opened {depth} deep; it stays unopened"
            yield LeftOut(path, "nested_too_deep", why, whole=True)
            return
        yield from self.through(held, found.kind, path, depth + 1)

    def _hashed(self, member: Member, path: str, parent: str) -> tuple[Found, io.BytesIO | None]:
        """The member, and its bytes where it is an archive itself."""
        digest, size = hashlib.sha256(), 0
        held, kind = None, None
        with damage("damaged_member"), member.open() as stream:
            while piece := stream.read(_PIECE):
                if size == 0 and (kind := kind_of(piece[:HEAD_BYTES])):
                    held = io.BytesIO()
                size += len(piece)
                self._spend(len(piece), size, member)
                digest.update(piece)
                if held is not None:
                    held.write(piece)
                    if size > self._limits.held:
                        raise self._bomb(f"an archive in it is larger than {self._limits.held:,}")
        if held is not None:
            held.seek(0)
            kind = archive_kind(held)
        found = Found(path, parent, digest.hexdigest(), size, member.modified_at, kind)
        return found, held if kind else None

    def _count_one(self) -> None:
        self._count += 1
        if self._count > self._limits.count:
            raise self._bomb(f"it has more than {self._limits.count:,} members")

    def _expect(self, member: Member) -> None:
        """Judge by the size that is declared, before a byte is unpacked."""
        if member.byte_size is not None:
            self._judge(self._bytes + member.byte_size, member.byte_size, member)

    def _spend(self, piece: int, size: int, member: Member) -> None:
        self._bytes += piece
        self._judge(self._bytes, size, member)

    def _judge(self, total: int, size: int, member: Member) -> None:
        limits = self._limits
        if total > limits.total:
            raise self._bomb(f"it unpacks to more than {limits.total:,} bytes")
        packed = self._packed if member.packed_size is None else member.packed_size
        for unpacked, of in ((total, self._packed), (size, packed)):
            if unpacked > limits.ratio_from and unpacked > limits.ratio * max(of, 1):
                raise self._bomb(f"it unpacks to more than {limits.ratio} times its size")

    @staticmethod
    def _bomb(detail: str) -> Refused:
        return Refused("archive_bomb", detail)
