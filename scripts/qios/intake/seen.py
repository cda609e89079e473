"""Which keys of a file may have stood in it before, in memory that does not grow."""

from collections.abc import Sequence

FILTER_BYTES = 32 << 20


class Seen:
    """A Bloom filter of two probes. "No" is certain, "yes" is to be checked.

    Of a million different keys it calls about 20 seen that are not.
    """

    def __init__(self, size: int = FILTER_BYTES) -> None:
        """size: bytes, a power of two."""
        if size < 1 or size & (size - 1):
            raise ValueError("the size of the filter is a power of two")
        self._bits = bytearray(size)
        self._mask = size * 8 - 1

    def add(self, key: str) -> bool:
        """Whether the key, 32 hex digits of a hash, may have been added before; add it."""
        return bool(self.add_all([key]))

    def add_all(self, keys: Sequence[str]) -> list[int]:
        """Add keys in order; the indices of those that may have been added before."""
        words = memoryview(bytes.fromhex("".join(keys))).cast("I").tolist()
        bits, mask, hits = self._bits, self._mask, []
        # The digest is random enough to serve as both probes: its first and its second 32 bits.
        for index, (one, two) in enumerate(zip(words[0::4], words[1::4], strict=True)):
            first, second = one & mask, two & mask
            first_bit, second_bit = 1 << (first & 7), 1 << (second & 7)
            first >>= 3
            second >>= 3
            if bits[first] & first_bit and bits[second] & second_bit:
                hits.append(index)
            else:
                bits[first] |= first_bit
                bits[second] |= second_bit
        return hits
