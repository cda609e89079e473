"""What the values of a column look like, by the parse_format that the registry gives it."""

import re
from collections.abc import Sequence

DIGITS = r"(?:[a-z]+_)?\d+"
AMOUNT = r"[(-]?\s?[^\d\s]{0,3}\s?-?\d[\d.,'\u00a0 ]*\s?[^\d\s]{0,3}\)?"
SHAPES = {
    "digits": DIGITS,
    "integer": r"[+-]?\d+",
    "decimal": AMOUNT,
    "currency": r"[A-Za-z]{3}",
    "boolean": r"true|false|yes|no|0|1",
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "e164": r"[+(]?\d(?:[\s\d().x/-]|ext)*",
}
"""parse_format -> regular expression, case ignored. A format that allows any text has none."""

# Longer words first: HH24 is not HH12, Month is not Mon.
TIME_WORDS = {
    "Month": "[^\\W\\d]+", "YYYY": r"\d{4}", "HH24": r"\d{1,2}", "HH12": r"\d{1,2}",
    "Mon": r"[^\W\d]+\.?", "YY": r"\d{2}", "MM": r"\d{1,2}", "DD": r"\d{1,2}", "MI": r"\d{2}",
    "SS": r"\d{2}", "AM": "[ap]m",
}  # fmt: skip
TIME_WORD = re.compile("|".join(TIME_WORDS))


def value_shape(
    parse_format: str, times: Sequence[str] = (), separator: str = ""
) -> re.Pattern[str] | None:
    """What a cell has to match as a whole; None where its form says nothing.

    times: the source's to_char() formats for a date or datetime. separator: what stands between the
    values of a cell that may hold several.
    """
    shape = SHAPES.get(parse_format)
    if parse_format in ("date", "datetime") and times:
        shape = "|".join(_time_shape(form) for form in times)
    if shape and separator:
        shape = f"(?:{shape})(?:{re.escape(separator)}(?:{shape}))*"
    return re.compile(shape, re.IGNORECASE) if shape else None


def _time_shape(form: str) -> str:
    parts, end = [], 0
    for word in TIME_WORD.finditer(form):
        parts += [re.escape(form[end : word.start()]), TIME_WORDS[word[0]]]
        end = word.end()
    return "".join([*parts, re.escape(form[end:])])
