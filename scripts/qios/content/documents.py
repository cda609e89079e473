"""The text of a document by pages, whichever way it is taken out."""

import atexit
import json
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from functools import cache
from threading import Timer
from typing import BinaryIO

from qios.content.kinds import Kind
from qios.content.text import MODULES, Page, UnreadableError
from qios.intake.decode import open_text

PAGE_CHARS = 1 << 20
SECONDS = 120
"""A document that takes longer is given up."""


def pages_of(
    stream: BinaryIO, kind: Kind, size: int, encoding: str | None, name: str
) -> Iterator[Page]:
    """Every page of a document with text. Raises UnreadableError."""
    if kind.text in MODULES:
        return _worker().pages(stream, kind.text, size, encoding)
    return _plain_pages(stream, encoding, name)


def _plain_pages(stream: BinaryIO, encoding: str | None, name: str) -> Iterator[Page]:
    """A form feed ends a page; so does a length beyond which a text is unwieldy."""
    with open_text(stream, name=name, declared=encoding).stream as text:
        rest = ""
        while block := text.read(PAGE_CHARS):
            *whole, rest = (rest + block).split("\f")
            yield from map(Page, whole)
            if len(rest) >= PAGE_CHARS:
                end = rest.rfind("\n") + 1 or len(rest)
                yield Page(rest[:end])
                rest = rest[end:]
        yield Page(rest)


class _Worker:
    """The process that runs what may crash; a new one is started where there is none."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self._stop)

    def pages(
        self, stream: BinaryIO, method: str, size: int, encoding: str | None
    ) -> Iterator[Page]:
        process = self._process = self._process or _start()
        late: list[bool] = []
        timer = Timer(SECONDS, lambda: (late.append(True), process.kill()))
        timer.start()
        unharmed = False
        try:
            request = {"method": method, "encoding": encoding, "size": size}
            process.stdin.write(json.dumps(request).encode() + b"\n")
            shutil.copyfileobj(stream, process.stdin)
            process.stdin.flush()
            error = yield from _answers(process.stdout)
            unharmed = error != "damaged"
        except OSError:
            error = "damaged"
        finally:
            timer.cancel()
            if not unharmed:
                # Answers may still be under way, and a damaged document may have done damage.
                self._stop()
        if error:
            raise UnreadableError("too_slow" if late else error)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "qios.content.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _answers(lines: Iterable[bytes]) -> Generator[Page, None, str | None]:
    """Pages until the document ends; returns the reason code with which it does, if any."""
    for line in lines:
        answer = json.loads(line)
        if "end" in answer:
            return answer["error"]
        yield Page(answer["text"], answer["needs_ocr"])
    return "damaged"  # the process died


@cache
def _worker() -> _Worker:
    return _Worker()
