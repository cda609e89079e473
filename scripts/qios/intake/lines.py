"""Physical lines of a text stream, kept for a while so that reading can step back."""

import io
from collections.abc import Iterator
from itertools import chain

from qios.intake.decode import is_decodable

BLOCK_CHARS = 1 << 15


class Lines:
    """The lines of a stream, numbered from 1, held from the last `release` on.

    pulled: characters read since the last release.
    """

    def __init__(self, stream: io.TextIOBase) -> None:
        self.pulled = 0
        self._stream = stream
        self._held: list[str] = []
        self._first = 1
        self._suspect_until = 0

    def starting_at(self, number: int) -> Iterator[str]:
        """The lines from `number` on. An iterator handed out earlier is no longer of use."""
        return chain(self._held[number - self._first :], chain.from_iterable(self._blocks()))

    def at(self, number: int) -> str:
        """A line that is still held, without its line end."""
        return self._held[number - self._first].rstrip("\r\n")

    def release(self, number: int) -> None:
        """Forget the lines before `number`."""
        del self._held[: number - self._first]
        self._first = number
        self.pulled = 0

    def suspect(self, number: int) -> bool:
        """Whether NUL or undecodable bytes may stand in line `number` or later in what is held."""
        return number <= self._suspect_until

    def _blocks(self) -> Iterator[list[str]]:
        while block := self._stream.readlines(BLOCK_CHARS):
            self._held += block
            # One look at the whole block spares a look at every cell.
            text = "".join(block)
            self.pulled += len(text)
            if "\0" in text or not is_decodable(text):
                self._suspect_until = self._first + len(self._held) - 1
            yield block
