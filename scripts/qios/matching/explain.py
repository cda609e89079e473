"""An explanation in words, a line for each field, for a person who has to decide."""

from collections.abc import Sequence

TOGETHER = {
    "household": "all of this is shared by relatives too, and counts together",
    "strangers": "none of the ways to reach the two is the same",
    "reached_apart": "each has a telephone number and an e-mail address that the other has not",
    "names_swapped": "given and family name have changed places",
}


def explain(explanation: Sequence[dict[str, object]] | None) -> list[str]:
    """`given name: anna / ana, 75 % alike, +4.0 points`; nothing where there is no explanation."""
    return [_line(entry) for entry in explanation or ()]


def _line(entry: dict[str, object]) -> str:
    field, points = str(entry["field"]), f"{entry['points']:+} points"
    if field in TOGETHER:
        return f"{TOGETHER[field]}: {points}"
    alike = float(entry["similarity"])
    sides = f"{entry['left']}" if alike == 1 else f"{entry['left']} / {entry['right']}"
    how = "the same" if alike == 1 else f"{alike:.0%} alike"
    return f"{field.replace('_', ' ')}: {sides}, {how}, {points}"
