"""Which keys of a file may have stood in it before, in memory that does not grow."""

from collections.abc import Sequence

FILTER_BYTES = 32 << 20


class Seen:
    """A Bloom filter of two probes. "No" is certain, "yes" is to be checked.

    Of a million different keys it calls fewer than 200 seen that are not.
    """

    def __init__(self, size: int = FILTER_BYTES) -> None:
        """size: bytes, a power of two, at least 64."""
        if size < 64 or size & (size - 1):
            raise ValueError("the size of the filter is a power of two, at least 64")
        self._bits = bytearray(size)
        self._mask = size - 1

    def add(self, key: str) -> bool:
        """Whether the key, 32 hex digits of a hash, may have been added before; add it."""
        return bool(self.add_all([key]))

    def add_all(self, keys: Sequence[str]) -> list[int]:
        """Add keys in order; the indices of those that may have been added before."""
        words = memoryview(bytes.fromhex("".join(keys))).cast("I").tolist()
        bits, mask, hits = self._bits, self._mask, []
        # Words of a digest are random enough to be the probes. Both fall into the same 64 bytes,
        # which the processor fetches at once.
        for index, (at, how) in enumerate(zip(words[0::4], words[1::4], strict=True)):
            first = at & mask
            second = first ^ (how & 63)
            first_bit, second_bit = 1 << (how >> 6 & 7), 1 << (how >> 9 & 7)
            if bits[first] & first_bit and bits[second] & second_bit:
                hits.append(index)
            else:
                bits[first] |= first_bit
                bits[second] |= second_bit
        return hits
