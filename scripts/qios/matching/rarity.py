"""How rare a name is among those at hand: sharing a common one says little."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from qios.matching.party import Party
from qios.matching.weights import ESTABLISHED, UNSEEN


@dataclass(frozen=True)
class Rarity:
    """given, family: plain name → how many bear it. number: of how many."""

    number: int = 0
    given: Mapping[str, int] = field(default_factory=dict)
    family: Mapping[str, int] = field(default_factory=dict)

    def points(self, bearers: Mapping[str, int], name: str, limits: tuple[float, float]) -> float:
        """What it says that two bear this name, within limits."""
        share = (bearers.get(name, 0) + 1) / (self.number + UNSEEN)
        return round(min(max(-math.log2(share), limits[0]), limits[1]), 1)

    def namesakes(self, *parties: Party) -> float:
        """How many are expected to bear both names of one of these, the rarer, if who is called the
        one way were called the other no more often than anybody."""
        return min(
            (self.given.get(party.given, 0) + 1)
            * (self.family.get(party.family, 0) + 1)
            / (self.number + UNSEEN)
            for party in parties
        )

    @staticmethod
    def are_two_names(bearers: Mapping[str, int], one: str, other: str) -> bool:
        """Whether both are names in their own right, so that one is no slip of the other."""
        return min(bearers.get(one, 0), bearers.get(other, 0)) >= ESTABLISHED


UNKNOWN = Rarity()
