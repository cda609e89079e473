"""A person or an organization as somebody describes it, in the form in which two are compared."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

PERSON, ORGANIZATION = "person", "organization"
NO_LETTER = re.compile(r"[^a-z0-9]+")
LEGAL_FORMS = frozenset(
    (
        *("ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg"),
        *("limited", "llc", "llp", "ltd", "nv", "plc", "pty", "sa", "sarl"),
    )
)
GENERATIONS = {"sr": 1, "senior": 1, "jr": 2, "junior": 2, "i": 1, "ii": 2, "iii": 3, "iv": 4}
# Letters that no decomposition takes a mark from.
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})


@lru_cache(maxsize=65536)
def plain(text: str | None) -> str:
    """Small letters without marks and digits, words joined by one space."""
    if not text:
        return ""
    folded = text.lower().replace("'", "").replace("\u2019", "").translate(LETTERS)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in folded if not unicodedata.combining(c))
        if not folded.isascii():  # another script is compared as it is written
            return " ".join(re.findall(r"\w+", folded))
    return NO_LETTER.sub(" ", folded).strip()


@dataclass(frozen=True)
class Address:
    """All parts plain; street with its number, extended: suite, floor, building."""

    street: str
    extended: str
    locality: str
    postcode: str

    @classmethod
    def of(
        cls, street: str | None, extended: str | None, locality: str | None, postcode: str | None
    ) -> "Address":
        code = plain(postcode).replace(" ", "")
        return cls(plain(street), plain(extended), plain(locality), code)

    @property
    def whole(self) -> str:
        return f"{self.street} {self.extended}".strip()


@dataclass(frozen=True)
class Party:
    """birth: eight digits, YYYYMMDD, also such as are no day. numbers: kind → issued number.

    emails are canonical, phones E.164; names and addresses plain.
    """

    kind: str = PERSON
    given: str = ""
    family: str = ""
    name: str = ""
    generation: int | None = None
    birth: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    addresses: tuple[Address, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def core_name(self) -> str:
        """An organization's name without the words for its legal form, where any is left."""
        words = [word for word in self.name.split() if word not in LEGAL_FORMS]
        return " ".join(words) or self.name


def person(
    given: str | None = None,
    family: str | None = None,
    full: str | None = None,
    suffix: str | None = None,
    birth: object = None,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    addresses: Sequence[Address] = (),
    numbers: Iterable[tuple[str, str]] = (),
) -> Party:
    """A person as a source describes it. A full name counts where no part of it is given: its last
    word is the family name, or what stands before a comma."""
    if not (given or family) and full:
        family, comma, given = full.partition(",")
        if not comma:
            given, _, family = full.strip().rpartition(" ")
    first, last = plain(given), plain(family)
    generation = GENERATIONS.get(plain(suffix))
    *rest, end = last.split() or [""]
    if generation is None and rest and end in GENERATIONS:
        generation, last = GENERATIONS[end], " ".join(rest)
    return Party(
        PERSON,
        first,
        last,
        f"{first} {last}".strip(),
        generation,
        "".join(c for c in str(birth or "") if c.isdigit()),
        frozenset(emails),
        frozenset(phones),
        tuple(addresses),
        tuple(sorted(numbers)),
    )


def organization(
    name: str | None,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    addresses: Sequence[Address] = (),
    numbers: Iterable[tuple[str, str]] = (),
) -> Party:
    return Party(
        ORGANIZATION,
        name=plain(name),
        emails=frozenset(emails),
        phones=frozenset(phones),
        addresses=tuple(addresses),
        numbers=tuple(sorted(numbers)),
    )
