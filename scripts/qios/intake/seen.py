"""Which keys of a file may have stood in it before, in memory that does not grow."""

from collections.abc import Sequence

SLOTS = 64 << 20


class Seen:
    """A filter of one slot a key. "No" is certain, "yes" is to be checked.

    Of a million different keys it calls about 7,500 seen that are not; a second probe would halve
    the speed to spare checks that the database makes in one statement.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        """slots: bytes, a power of two."""
        if slots < 1 or slots & (slots - 1):
            raise ValueError("the number of slots is a power of two")
        self._slots = bytearray(slots)
        self._mask = slots - 1

    def add_all(self, keys: Sequence[bytes]) -> list[int]:
        """Add keys in order; the indices of those that may have been added before."""
        slots, mask, hits = self._slots, self._mask, []
        for index, word in enumerate(map(hash, keys)):
            at = word & mask
            if slots[at]:
                hits.append(index)
            else:
                slots[at] = 1
        return hits
