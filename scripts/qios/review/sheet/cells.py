"""How a text stands in a cell, so that no spreadsheet takes it for a formula, a number or a date,
and so that it comes back as it went."""

LONGEST = 16_000
"""Characters of a cell that are shown: a spreadsheet holds some 32,000, and counts some twice."""

CUT = "\u2026"
GUARD = "'"
NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})


def shown(text: str) -> str:
    """The text as far as a cell can hold it."""
    text = text.translate(NO_XML)
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def is_cut(text: str) -> bool:
    return len(text) > LONGEST


def comes_back(said: str, current: str) -> bool:
    """Whether a cell that was shown says what it said; ends of lines are the spreadsheet's own."""
    return _lines(said) == _lines(shown(current))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def guarded(text: str) -> str:
    """The text for a CSV file, which cannot say that a cell is text: an apostrophe before it."""
    return GUARD + text if text else text


def unguarded(text: str) -> str:
    """What a cell of a CSV file says, with or without the apostrophe that it went out with."""
    return text.removeprefix(GUARD)
