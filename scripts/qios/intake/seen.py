"""Which keys of a file may have stood in it before, in memory that does not grow."""

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import lt

SLOTS = 64 << 20
RUN_BYTES = 64 << 20
KEY_BYTES = 16


class Seen:
    """A filter of one slot a key. "No" is certain, "yes" is to be checked.

    Of a million different keys it calls about 7,500 seen that are not; a second probe would halve
    the speed to spare checks that the database makes in one statement. As long as each key is
    greater than the one before, as in an export in the order of its ids, none can have been seen:
    the keys of that run are only kept, and come into the filter when the run ends.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        """slots: bytes, a power of two."""
        if slots < 1 or slots & (slots - 1):
            raise ValueError("the number of slots is a power of two")
        self._slots = bytearray(slots)
        self._mask = slots - 1
        self._run: bytearray | None = bytearray()

    def add_all(self, keys: Sequence[bytes]) -> list[int]:
        """Add keys in order; the indices of those that may have been added before."""
        if self._run is not None:
            if self._goes_on(keys):
                self._run += b"".join(keys)
                return []
            run, self._run = self._run, None
            self._mark(bytes(run[at : at + KEY_BYTES]) for at in range(0, len(run), KEY_BYTES))
        return self._mark(keys)

    def _goes_on(self, keys: Sequence[bytes]) -> bool:
        """Whether the keys are a run that goes on where the last one ended."""
        last = bytes(self._run[-KEY_BYTES:])
        return (
            len(self._run) < RUN_BYTES
            and (not keys or last < keys[0])
            and all(map(lt, keys, islice(keys, 1, None)))
        )

    def _mark(self, keys: Iterable[bytes]) -> list[int]:
        slots, mask, hits = self._slots, self._mask, []
        for index, word in enumerate(map(hash, keys)):
            at = word & mask
            if slots[at]:
                hits.append(index)
            else:
                slots[at] = 1
        return hits
