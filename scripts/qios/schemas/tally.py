"""How many of the eight criteria a schema's row has, and how many its decision tells of.

The creation test writes both. A criterion that a hand has set beside it is not met.
"""

from __future__ import annotations

import re

from qios.check.specification import CRITERIA, CRITERIA_NEEDED
from qios.registry.seeds import SeedRow

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
TOLD = re.compile(rf"\b(\d|{'|'.join(NUMBERS)}) of eight criteria", re.IGNORECASE)


def too_few(row: SeedRow) -> str:
    """Why a schema must not be active; empty where nothing speaks against it."""
    met, told = _met(row), _told(row)
    if met < CRITERIA_NEEDED:
        return f"{met} of the eight criteria met, {CRITERIA_NEEDED} needed"
    if told is not None and told < CRITERIA_NEEDED:
        return f"{met} of the eight criteria set, but its decision tells of {NUMBERS[told]}"
    return ""


def set_by_hand(row: SeedRow) -> bool:
    """Whether the decision tells of fewer criteria than are set."""
    told = _told(row)
    return told is not None and told < _met(row)


def _met(row: SeedRow) -> int:
    return sum(row.flag(criterion) for criterion in CRITERIA)


def _told(row: SeedRow) -> int | None:
    found = TOLD.search(row["decision"])
    if found is None:
        return None
    word = found[1].lower()
    return min(int(word), len(CRITERIA)) if word.isdigit() else NUMBERS.index(word)
