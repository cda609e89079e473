"""The write-ahead log of an SQLite database: the file beside it, with changes that the database
itself does not have yet while a program has it open, or after one that ended badly.
"""

from collections.abc import Iterator
from pathlib import Path

from qios.intake.archive.opening import open_bytes
from qios.intake.batch import FileVersion
from qios.intake.reasons import FileRefused

HEADER, FRAME_HEADER = 32, 24
MAGIC = (0x377F0682, 0x377F0683)
_PAGE_SIZE, _SALTS = slice(8, 12), slice(16, 24)
_NUMBER, _PAGES_AFTER_COMMIT, _FRAME_SALTS = slice(0, 4), slice(4, 8), slice(8, 16)


def refuse_unwritten_changes(version: FileVersion) -> None:
    """Raises FileRefused where the log holds pages that the database does not.

    What the database is known by, its hash, says nothing of the log: read together with that, the
    same file would be another one each time.
    """
    try:
        with open_bytes(Path(f"{version.path}-wal")) as stream:
            log = stream.read()
    except OSError:
        return
    pages = _committed(log)
    if not pages:
        return
    size = int.from_bytes(log[_PAGE_SIZE])
    with version.open() as database:
        for number, content in pages.items():
            database.seek((number - 1) * size)
            if database.read(size) != content:
                what = "has changes in the -wal file beside it that it does not hold itself"
                raise FileRefused(version.name, "unwritten_changes", what)


def _committed(log: bytes) -> dict[int, bytes]:
    """Number of each page that was committed into the log -> its latest content."""
    pages: dict[int, bytes] = {}
    since_commit: dict[int, bytes] = {}
    for number, content, is_commit in _frames(log):
        since_commit[number] = content
        if is_commit:
            pages |= since_commit
            since_commit = {}
    return pages


def _frames(log: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """(number of the page, its content, whether a commit ends there), without an older log's."""
    if len(log) < HEADER or int.from_bytes(log[:4]) not in MAGIC:
        return
    size, salts = int.from_bytes(log[_PAGE_SIZE]), log[_SALTS]
    step = FRAME_HEADER + size
    for at in range(HEADER, len(log) - step + 1, step):
        about, content = log[at : at + FRAME_HEADER], log[at + FRAME_HEADER : at + step]
        if about[_FRAME_SALTS] != salts:
            return
        is_commit = int.from_bytes(about[_PAGES_AFTER_COMMIT]) > 0
        yield int.from_bytes(about[_NUMBER]), content, is_commit
