"""What is left of a field's name when the words go that do not say what it is."""

from __future__ import annotations

import re
from functools import cache

# Words that say whose or which one a value is, not what: `client_email` and `primary_email`.
QUALIFIERS = frozenset(
    {
        *("client", "contact", "customer", "company", "member", "person", "user", "my"),
        *("primary", "main", "secondary", "default", "current", "first", "second", "other"),
        *("work", "home", "office", "business", "private", "personal", "mailing", "billing"),
    }
)
# Words that say nothing alone: of `client_name` without its qualifier too little would be left.
VAGUE = frozenset(
    {
        *("at", "by", "code", "count", "date", "id", "key", "kind", "line", "name", "number", "on"),
        *("role", "setting", "state", "status", "text", "type", "value", "version"),
    }
)
SHORTEST_MISSPELT = 5
SAME_WORD = 90  # of 100, by rapidfuzz: `adress` is `address`, `retired` is not `retried`

Words = frozenset[str]


def words_of(name: str) -> Words:
    """The words that say what a thing is: `EMail_Address2`, `client_email` → their nouns, each in
    the singular and without a number behind it."""
    spelled = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    parts = (re.sub(r"\d+$", "", part) for part in re.split(r"[^a-z0-9]+", spelled))
    words = frozenset(_singular(part) for part in parts if part)
    telling = words - QUALIFIERS
    return telling if telling - VAGUE else words


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def likeness(left: Words, right: Words) -> float:
    """The share of words that both have, a misspelt one included; 1 for the same words."""
    if left == right:
        return 1.0
    common = sum(word in right or any(_misspelt(word, other) for other in right) for word in left)
    return common / (len(left) + len(right) - common)


@cache
def _misspelt(left: str, right: str) -> bool:
    from rapidfuzz import fuzz

    longest = max(len(left), len(right))
    return longest >= SHORTEST_MISSPELT and fuzz.ratio(left, right) >= SAME_WORD
