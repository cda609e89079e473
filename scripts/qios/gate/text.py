"""Text that belongs to no row: names of files and members, pages of documents, command lines."""

import re
from functools import cache
from typing import Any

from qios.gate.marker import marker
from qios.gate.rules import header_rules, registered_value_rules
from qios.gate.tables import clean_tables
from qios.gate.values import compiled


def clean_text(text: str) -> str:
    """The text with every secret replaced by a marker. Cleaning it again changes nothing."""
    return registered_value_rules().clean(clean_tables(text, _marker_of, marker))


def clean_value(value: Any) -> Any:
    """A value of a table that no gate guards, with every secret replaced, also within lists and
    objects: a person may have typed one there."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, dict):
        return {key: clean_value(item) for key, item in value.items()}
    return value


def _marker_of(heading: str) -> str | None:
    return next((kind for pattern, kind in _credentials() if pattern.search(heading)), None)


@cache
def _credentials() -> list[tuple[re.Pattern[str], str]]:
    """The rules for headings of what opens an account: a tax number in prose is none."""
    return [
        (compiled(pattern, re.IGNORECASE), kind)
        for pattern, kind, category in header_rules()
        if category == "credential"
    ]
