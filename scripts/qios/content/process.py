"""The process that reads what may crash a library or keep it busy for ever."""

import atexit
import json
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from functools import cache
from threading import Timer
from typing import BinaryIO

from qios.content.text import Page, UnreadableError

DIED = "died"
SECONDS = 120
"""A file that takes longer is given up."""


def ask(stream: BinaryIO, method: str, size: int, encoding: str | None = None) -> Iterator[Page]:
    """The pages that a method of qios.content.text finds in so many bytes; UnreadableError if none
    can be found."""
    return _reader().pages(stream, method, size, encoding)


class _Reader:
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
            # PDFium keeps no promise about what a damaged document leaves behind.
            unharmed = error != DIED and (method, error) != ("pdfium", "damaged")
        except OSError:
            error = DIED
        finally:
            timer.cancel()
            if not unharmed:
                # Answers may still be under way.
                self._stop()
        if error == DIED:
            raise UnreadableError("too_slow" if late else "damaged")
        if error:
            raise UnreadableError(error)

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
    return DIED


@cache
def _reader() -> _Reader:
    return _Reader()
