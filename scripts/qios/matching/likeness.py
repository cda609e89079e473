"""How alike two values are, from 0 to 1: the same either way round."""

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA


def of_words(one: str, other: str) -> float:
    """Of two names: one swapped, missing, added or different letter is one step."""
    if one == other:
        return 1.0
    alike = OSA.normalized_similarity(*sorted((one, other)))
    if min(len(one), len(other)) >= 4 and is_slip(one, other):
        alike = max(alike, 0.8)
    if " " in one or " " in other:
        # `anna maria` is also called `anna`.
        shorter, longer = sorted((one.split(), other.split()), key=len)
        if set(shorter) < set(longer):
            alike = max(alike, 0.9)
        alike = max(
            alike,
            OSA.normalized_similarity(*sorted((one.replace(" ", ""), other.replace(" ", "")))),
        )
    return alike


def of_phrases(one: str, other: str) -> float:
    """Of two lines of several words; neither their order nor the spaces between them matter."""
    sides = sorted((one, other))
    together = [side.replace(" ", "") for side in sides]
    return max(fuzz.token_sort_ratio(*sides), fuzz.ratio(*together)) / 100


def is_initial(one: str, other: str) -> bool:
    """Whether one is the first letter of the other."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) == 1 < len(longer) and longer.startswith(shorter)


def of_dates(one: str, other: str) -> str:
    """`same`, `swapped` (day and month), `close` (one slip of a key) or `different`; YYYYMMDD."""
    if one == other:
        return "same"
    if (
        len(one) == len(other) == 8
        and one[:4] == other[:4]
        and one[4:6] == other[6:]
        and one[6:] == other[4:6]
    ):
        return "swapped"
    return "close" if is_slip(one, other) else "different"


def is_slip(one: str, other: str) -> bool:
    """Whether one is the other with one character swapped, missing, added or different."""
    return OSA.distance(one, other, score_cutoff=1) <= 1


def have_equal_digits(one: str, other: str) -> bool:
    """Whether the digits in both are the same, or one has none: numbers of houses and of mailboxes
    are no slips."""
    digits = [[c for c in side if c.isdigit()] for side in (one, other)]
    return not all(digits) or digits[0] == digits[1]
