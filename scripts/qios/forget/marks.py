"""What is kept of a forgotten person's words: keyed hashes, by which the person is known again.

The key lies outside the database, so nobody who has only that can test a guess.
"""

import re
import uuid
from collections.abc import Iterator
from functools import lru_cache

import psycopg

from qios.forget.letters import folded
from qios.forget.words import DIGITS, Words, parts
from qios.gate.key import hmac_key

NAME, WORD, ADDRESS, PHONE = "name", "word", "address", "phone"
APART = 3  # words at most from the first of a name to the last, as in texts
COUNTRY_CODE = 3  # digits at most, and two zeros before them
WRITTEN_ADDRESS = re.compile(r"[\w.+%-]+@[\w.-]*\w")
WRITTEN_PHONE = re.compile(r"\+?[(\d](?:[\s()./-]{0,3}\d){5,}")


def keep_marks(database: psycopg.Connection, words: Words, act: uuid.UUID) -> None:
    """Keep the marks of these words; act: the correlation id of the forgetting."""
    with database.cursor() as cursor:
        cursor.executemany(
            """
            insert into core.forgotten_marks (mark_kind, keyed_hash, correlation_id)
            values (%s, %s, %s) on conflict (keyed_hash) do nothing
            """,
            [(kind, _hash(kind, said), act) for kind, said in sorted(set(_said(words)))],
        )


class Marks:
    """The marks of everybody who was forgotten. False where there are none."""

    def __init__(self, database: psycopg.Connection) -> None:
        rows = database.execute("select keyed_hash, correlation_id from core.forgotten_marks")
        self._acts: dict[str, uuid.UUID] = dict(rows.fetchall())
        self._known = lru_cache(maxsize=100_000)(self._is_known)

    def __bool__(self) -> bool:
        return bool(self._acts)

    def act_of(self, words: Words) -> uuid.UUID | None:
        """The act that forgot whom one of the whole names is of; None where it did nobody."""
        marks = (_hash(kind, said) for kind, said in _said(words) if kind == NAME)
        return next((self._acts[mark] for mark in marks if mark in self._acts), None)

    def is_address(self, text: str) -> bool:
        """Whether a text is nothing but addresses and telephone numbers, one of such a person."""
        rest = WRITTEN_ADDRESS.sub("", text) if "@" in text else text
        rest = WRITTEN_PHONE.sub("", rest)
        return not re.search(r"\w", rest) and bool(self.words_in(text))

    def words_in(self, text: str) -> Words:
        """The words by which a text names such people, as it writes them."""
        found = Words()
        for address in WRITTEN_ADDRESS.findall(text) if "@" in text else ():
            if self._known(ADDRESS, address.lower()):
                found.addresses.add(address)
        for number in WRITTEN_PHONE.findall(text):
            digits = re.sub(r"\D", "", number)
            for country in range(min(COUNTRY_CODE + 2, len(digits) - DIGITS) + 1):
                if self._known(PHONE, digits[country:]):
                    found.phones.add(("", digits[country:]))
        for name in self._names_in(text):
            found.names.add(name)
            found.parts.update(name)
        return found

    def _names_in(self, text: str) -> Iterator[tuple[str, str]]:
        words = [(at, word) for at, word in enumerate(parts(text)) if self._known(WORD, word)]
        for number, (at, word) in enumerate(words):
            for later, other in words[number + 1 :]:
                if later - at > APART:
                    break
                if self._known(NAME, f"{word} {other}"):
                    yield word, other

    def _is_known(self, kind: str, said: str) -> bool:
        return _hash(kind, said) in self._acts


def _said(words: Words) -> Iterator[tuple[str, str]]:
    """(kind, what it is a mark of); one word alone may be anybody's, and is no name."""
    for name in words.names:
        if len(name) > 1:
            ends = (name[0], name[-1])
            yield NAME, " ".join(ends)
            yield from ((WORD, end) for end in ends)
    yield from ((ADDRESS, address.lower()) for address in words.addresses)
    yield from ((PHONE, national) for _, national in words.phones)


def _hash(kind: str, said: str) -> str:
    """In a name neither the order of its words nor its accents count."""
    if kind in (NAME, WORD):
        said = " ".join(sorted(folded(said).split()))
    return hmac_key().digest(f"forgotten {kind} {said}")
