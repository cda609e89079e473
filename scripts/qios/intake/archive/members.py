"""The members of one archive: their names, their sizes, and a way to their bytes."""

import gzip
import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import BinaryIO

from qios.intake.archive.kinds import GZIP, HEAD_BYTES, TAR, ZIP, is_document, kind_of
from qios.intake.decode import storable

MEMBER = "!/"
"""Stands in a path between an archive and the member's name."""

_PIECE = 1 << 20
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_MACOS_METADATA = re.compile(r"(^|/)(__MACOSX/|\._[^/]*$|\.DS_Store$)")


class Refused(Exception):
    """An archive or a member that is not taken in: the reason code, and the detail."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{detail} ({code})")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    name: as it stands behind MEMBER in the path, unique within its archive.
    byte_size, packed_size: as the archive declares them; None where it does not.
    refused: why it is not read. skipped: why it is left out and nobody misses it.
    open: gives a seekable stream of its bytes; raises Refused.
    """

    name: str
    open: Callable[[], BinaryIO]
    byte_size: int | None = None
    packed_size: int | None = None
    modified_at: datetime | None = None
    refused: Refused | None = None
    skipped: str | None = None


def archive_kind(stream: BinaryIO) -> str | None:
    """ZIP, GZIP or TAR; None for what is no archive, such as a document whose format is a zip."""
    kind = kind_of(stream.read(HEAD_BYTES))
    if kind == ZIP:
        # A zip that cannot be listed is an archive all the same: opening it tells what is wrong.
        with suppress(Refused), damage("damaged_archive"), zipfile.ZipFile(stream) as archive:
            kind = None if is_document(archive.namelist()) else kind
    stream.seek(0)
    return kind


def members(stream: BinaryIO, kind: str, path: str, limit: int) -> Iterator[Member]:
    """The files in an archive in their order, folders left out.

    path: of the archive. limit: bytes above which a gzip file is not unpacked.
    Raises Refused where the archive cannot be read.
    """
    if kind == GZIP:
        found = _in_gzip(stream, path, limit)
    else:
        found = _in_zip(stream) if kind == ZIP else _in_tar(stream)
    times: dict[str, int] = {}
    with damage("damaged_archive"):
        for raw_name, member in found:
            name = _stored_name(raw_name)
            number = times[name] = times.get(name, 0) + 1
            # Two members of one name would pass for two versions of one file.
            yield _judged(raw_name, member, name if number == 1 else f"{name}#{number}")


@contextmanager
def damage(code: str) -> Iterator[None]:
    """Turn what the archive libraries raise over damaged bytes into Refused.

    They raise a dozen kinds of errors, some of them undocumented: none may end the command.
    """
    try:
        yield
    except (Refused, FileNotFoundError, PermissionError):
        raise
    except NotImplementedError as error:
        raise Refused("unsupported_compression", "it is packed in a way unknown here") from error
    except Exception as error:
        raise Refused(code, f"it cannot be read ({type(error).__name__})") from error


def _judged(raw_name: str, member: Member, name: str) -> Member:
    parts = raw_name.replace("\\", "/").split("/")
    refused, skipped = member.refused, member.skipped
    if ".." in parts or parts[0] == "" or _DRIVE.match(raw_name):
        refused = Refused("unsafe_member_name", "its name leads out of the archive")
    elif _MACOS_METADATA.search("/".join(parts)):
        skipped = "macos_metadata"
    return replace(member, name=name, refused=refused, skipped=skipped)


def _stored_name(name: str) -> str:
    """The name as a path has it: `./a//b` is `a/b`."""
    return storable("/".join(part for part in name.split("/") if part not in ("", ".")))


def _in_zip(stream: BinaryIO) -> Iterator[tuple[str, Member]]:
    archive = zipfile.ZipFile(stream)
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        refused = None
        if entry.flag_bits & _ENCRYPTED:
            refused = Refused("encrypted_member", "it is encrypted")
        kept_as_link = stat.S_ISLNK(entry.external_attr >> 16)
        yield (
            entry.filename,
            Member(
                entry.filename,
                lambda entry=entry: archive.open(entry),
                entry.file_size,
                entry.compress_size,
                # The time of a zip's member has no zone: it names no moment.
                refused=refused,
                skipped="link" if kept_as_link else None,
            ),
        )


def _in_tar(stream: BinaryIO) -> Iterator[tuple[str, Member]]:
    archive = tarfile.TarFile(fileobj=stream)
    for entry in archive:
        if entry.isdir():
            continue
        yield (
            entry.name,
            Member(
                entry.name,
                lambda entry=entry: archive.extractfile(entry),
                entry.size,
                modified_at=datetime.fromtimestamp(entry.mtime, tz=UTC),
                skipped=None if entry.isreg() else "link",
            ),
        )
    # A header that makes no sense looks like the end to the library.
    stream.seek(archive.offset)
    if stream.read(tarfile.BLOCKSIZE) != tarfile.NUL * tarfile.BLOCKSIZE:
        raise Refused("damaged_archive", "it breaks off, or what follows cannot be read")


def _in_gzip(stream: BinaryIO, path: str, limit: int) -> Iterator[tuple[str, Member]]:
    """The one file in a gzip file, or the members of the tar in it."""
    unpacked = Metered(gzip.GzipFile(fileobj=stream), limit)
    head = unpacked.read(HEAD_BYTES)
    unpacked.seek(0)
    if kind_of(head) == TAR:
        yield from _in_tar(unpacked)
        return
    file_name = PurePath(path).name
    name = file_name.removesuffix(".gz")

    def reopened() -> BinaryIO:
        stream.seek(0)
        return io.BufferedReader(Metered(gzip.GzipFile(fileobj=stream), limit))

    yield name, Member(name, reopened)


class Metered(io.RawIOBase):
    """A seekable stream that raises Refused once it is read further than `limit` bytes.

    A packed tar can make its reader ask for any number of bytes at once; so it asks here.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        if size > _PIECE:
            pieces = []
            while size > 0 and (piece := self.read(min(size, _PIECE))):
                pieces.append(piece)
                size -= len(piece)
            return b"".join(pieces)
        piece = self._stream.read(size)
        if self._stream.tell() > self._limit:
            raise Refused("archive_bomb", f"it unpacks to more than {self._limit:,} bytes")
        return piece

    def readinto(self, buffer: memoryview) -> int:
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self.tell()
        elif whence == io.SEEK_END:
            while self.read(_PIECE):
                pass
            offset += self.tell()
        if offset > self._limit:
            raise Refused("archive_bomb", f"it unpacks to more than {self._limit:,} bytes")
        return self._stream.seek(offset)

    def tell(self) -> int:
        return self._stream.tell()
