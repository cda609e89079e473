"""Opening a file as text: which encoding it is in, and what becomes of bytes that do not fit.

Order: byte order mark, UTF-16 without one (by its NUL pattern), valid UTF-8, then the encoding that
the source or the user names. Nothing is guessed from letter frequencies. A byte that cannot be
decoded becomes a lone surrogate U+DC80-DCFF, so that the row that holds it can be refused by
itself and the file is read to its end.
"""

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qios.errors import UsageError
from qios.intake.reasons import FileRefused

HEAD_BYTES = 4096
SCAN_BYTES = 1 << 20
UNDECODABLE = "qios-undecodable"

# UTF-32 stands first: its little-endian mark begins with the mark of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class DecodedFile:
    """A text stream with untranslated line ends, and the name of the encoding it is read in."""

    stream: io.TextIOWrapper
    encoding: str


def open_text(
    source: Path | BinaryIO, *, name: str | None = None, declared: str | None = None
) -> DecodedFile:
    """Open a path, or a seekable binary file such as a member of a zip, as text.

    `declared` is the encoding to fall back on where the bytes are not valid UTF-8.
    Raises FileRefused for a file without content, UsageError for an encoding Python does not know.
    """
    name = name or str(source)
    raw = source.open("rb") if isinstance(source, Path) else source
    head = raw.read(HEAD_BYTES)
    mark, encoding = next(((m, e) for m, e in MARKS if head.startswith(m)), (b"", None))
    if len(head) == len(mark):
        raw.close()
        raise FileRefused(name, "empty_file", "is empty")
    if encoding is None:
        encoding = _utf16_without_mark(head) or _utf8_or(declared, raw)
    raw.seek(len(mark))
    return DecodedFile(_text_stream(raw, encoding, name), encoding)


def require_encoding(encoding: str | None) -> None:
    """Raise UsageError where that is a name, and not one of a text encoding."""
    if encoding is not None:
        _text_stream(io.BytesIO(), encoding, "--encoding")


def is_decodable(text: str) -> bool:
    """Whether every byte of the text was valid in the encoding it was read in."""
    if text.isascii():
        return True
    try:
        # Of all ways to find a lone surrogate this is the fastest, by a factor of ten and more.
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """The text as PostgreSQL can hold it: NUL shown as U+2400, an undecodable byte as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text.replace("\0", "\u2400"))


def _text_stream(raw: BinaryIO, encoding: str, name: str) -> io.TextIOWrapper:
    try:
        return io.TextIOWrapper(raw, encoding, errors=UNDECODABLE, newline="")
    except LookupError as error:
        raw.close()
        raise UsageError(
            f"{name}: {encoding!r} is not the name of a text encoding",
            cure="name one that Python knows, such as cp1252, latin-1 or utf-16",
        ) from error


def _utf16_without_mark(head: bytes) -> str | None:
    """The byte order of UTF-16 text whose letters are mostly Latin; None for anything else.

    The first letter counts most: NUL bytes further on also stand in files that are merely damaged.
    """
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if head[1:2] == b"\0" and odd > half * 0.2 and even <= odd * 0.05:
        return "utf-16-le"
    if head[0:1] == b"\0" and even > half * 0.2 and odd <= even * 0.05:
        return "utf-16-be"
    return None


def _utf8_or(declared: str | None, raw: BinaryIO) -> str:
    """UTF-8 where no other encoding is named or the whole file is valid UTF-8."""
    if declared is None:
        return "utf-8"
    raw.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := raw.read(SCAN_BYTES):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return declared
    return "utf-8"


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    """Like surrogateescape, but also for encodings whose bad bytes may lie below 0x80."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 | byte | 0x80) for byte in bad), error.end


codecs.register_error(UNDECODABLE, _mark_undecodable)
