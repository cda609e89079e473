"""Rows on their way into a landing table that are written together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from qios.intake.payload import Encoded


@dataclass
class Block:
    """A row has the same place in each list; `suspects` are numbers of rows, judged later."""

    numbers: list[int] = field(default_factory=list)
    encoded: Encoded = field(default_factory=lambda: Encoded([], []))
    keys: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    suspects: set[int] = field(default_factory=set)

    def extend(
        self,
        numbers: Sequence[int],
        encoded: Encoded,
        keys: Sequence[bytes],
        hashes: Sequence[bytes],
        suspects: Sequence[int],
    ) -> None:
        self.numbers += numbers
        self.encoded.contents.extend(encoded.contents)
        self.encoded.parts.extend(encoded.parts)
        self.keys += keys
        self.hashes += hashes
        self.suspects.update(suspects)

    def only(self, indices: list[int]) -> "Block":
        """The block of just these rows."""
        return Block(
            [self.numbers[i] for i in indices],
            Encoded(*([part[i] for i in indices] for part in self.encoded)),
            [self.keys[i] for i in indices],
            [self.hashes[i] for i in indices],
        )
