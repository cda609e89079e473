"""How texts name a person: the words, and the regular expressions that find and replace them.

The expressions are PostgreSQL's. They also look into JSON, where a line break is written \\n, so
that a name at the beginning of a line follows a letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qios.forget.letters import as_written, spelled

MARKER = "[forgotten]"
FULL = ("full_name", "display_name", "file_as")
SINGLE = ("given_name", "additional_name", "family_name", "nickname")
ADDRESS = ("value", "raw_value", "identifier_value", "email", "phone")
SHORT = 4  # a shorter word is often part of ordinary text, and must be written as in the name
DIGITS = 6  # of a telephone number, at least

ESCAPED = "%[0-9a-f][0-9a-f]"  # a sign in an address on the web, such as a space
WORD_BEGINS = rf"(?:(?<![[:alnum:]])|(?<=\\[nrtbf])|(?<={ESCAPED}))"
WORD_ENDS = r"(?![[:alnum:]])"
ADDRESS_BEGINS = rf"(?:(?<![[:alnum:]._%+-])|(?<=\\[nrtbf])|(?<={ESCAPED}))"
ADDRESS_ENDS = r"(?![[:alnum:]_@-])"
APART = rf"(?:[^[:alnum:]\"\\]|{ESCAPED})+"  # never from one string of JSON into the next
IN_VALUE = r"(?!(?:[^\"\\]|\\.)*\"\s*:)"  # a heading such as `Mailing Street` is nobody's name
SIGNS = f"(?:[^[:alnum:]]|{ESCAPED})+"
BETWEEN_DIGITS = r"[^[:alnum:]\"\\]{0,3}"


@dataclass
class Words:
    """names: tuples of the words of whole names. parts: single words. addresses: e-mail addresses
    and the like. phones: (country code, national number), digits only."""

    names: set[tuple[str, ...]] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    phones: set[tuple[str, str]] = field(default_factory=set)

    def take(self, row: Mapping[str, object]) -> None:
        """Take in what a row says of the person: field key -> value, other fields ignored."""
        given = {key: value for key, value in row.items() if isinstance(value, str) and value}
        for key in FULL:
            self._name(given.get(key, ""))
        self._name(f"{given.get('given_name', '')} {given.get('family_name', '')}")
        for key in SINGLE:
            self.parts.update(parts(given.get(key, "")))
        for key in ADDRESS:
            self._address(given.get(key, ""))

    def _name(self, text: str) -> None:
        words = tuple(parts(text))
        if words:
            self.names.add(words)
            self.parts.update(words)

    def _address(self, text: str) -> None:
        digits = re.sub(r"\D", "", text)
        if "@" not in text and len(digits) >= DIGITS and not re.search(r"[^\W\d]", text):
            self.phones.add(_phone(text, digits))
        elif len(text) > SHORT:
            self.addresses.add(text)

    def __bool__(self) -> bool:
        return bool(self.names or self.has_addresses)

    @property
    def has_addresses(self) -> bool:
        return bool(self.addresses or self.phones)

    def naming(self, words_between: int) -> str:
        """Finds a text that names the person: by a whole name, of which so many other words may
        stand between first and last, by an address, or by a telephone number. Empty where there is
        nothing to find."""
        found = [self._addresses()]
        between = f"(?:{SIGNS}[[:alnum:]]+){{0,{words_between}}}{SIGNS}"
        for name in self._whole_names():
            first, last = _word(name[0]), _word(name[-1])
            found += [first + between + last, last + between + first]
        return _any(found)

    def hinting(self, *, everywhere: bool = False) -> str:
        """Finds whatever naming() finds, single() too where it is everywhere, and more: an
        expression that looks at no letter twice, to pass over most texts quickly."""
        parts = {max(name[0], name[-1], key=len) for name in self._whole_names()}
        if everywhere:
            parts |= {part for part in self.parts if len(part) >= SHORT}
        return _any(
            [
                *map(spelled, sorted(parts)),
                *map(as_written, sorted(self.addresses)),
                *sorted(BETWEEN_DIGITS.join(national) for _, national in self.phones),
            ]
        )

    def _whole_names(self) -> list[tuple[str, ...]]:
        """Those of two words or more, the longest first: one word alone may be anybody's."""
        names = (name for name in self.names if len(name) > 1)
        return sorted(names, key=lambda name: (-len(name), name))

    def replaced(self, *, in_json: bool = False) -> list[tuple[str, str]]:
        """(expression, flags) of what is taken out of such a text, in this order.

        in_json: of the keys of objects only whole names are."""
        whole = [
            APART.join(map(_word, order))
            for name in self._whole_names()
            for order in (name, (name[-1], *name[:-1]))
        ]
        end = IN_VALUE if in_json else ""
        alone = [f'(?<="){spelled(part)}(?="){end}' for part in self._short()]
        return [
            (expression, flags)
            for expression, flags in (
                (self._addresses(), "gi"),
                (_any(whole), "gi"),
                (self.single(in_json=in_json), "gi"),
                (_any(_word(form, in_case=True) + end for form in self._short_forms()), "g"),
                (_any(alone), "gi"),
            )
            if expression
        ]

    def single(self, *, in_json: bool = False) -> str:
        """Finds any one word of the names that is long enough to stand for the person."""
        end = IN_VALUE if in_json else ""
        return _any(_word(part) + end for part in sorted(self.parts) if len(part) >= SHORT)

    def _short(self) -> list[str]:
        """Words that stand for the person where they are the whole of a value, or capitals."""
        return [part for part in sorted(self.parts) if 1 < len(part) < SHORT]

    def _short_forms(self) -> Iterable[str]:
        for part in self._short():
            if part[0].isupper():
                yield from {part, part.upper()}

    def _addresses(self) -> str:
        plain = [ADDRESS_BEGINS + as_written(a) + ADDRESS_ENDS for a in sorted(self.addresses)]
        return _any([*plain, *(_digits(*phone) for phone in sorted(self.phones))])


def parts(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    return re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", composed)


def _word(text: str, *, in_case: bool = False) -> str:
    return WORD_BEGINS + spelled(text, in_case=in_case) + WORD_ENDS


def _any(expressions: Iterable[str]) -> str:
    """One expression of several, empty where there are none."""
    return "|".join(expression for expression in expressions if expression)


def _phone(text: str, digits: str) -> tuple[str, str]:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return "", digits
    return str(number.country_code), str(number.national_number)


def _digits(country: str, national: str) -> str:
    """A telephone number however its digits are grouped, with or without the country's code."""
    code = rf"(?:(?:\+|00)?{country}{BETWEEN_DIGITS}(?:\(0\) ?)?)?" if country else ""
    return rf"(?<![0-9])(?:\+?{code})0?{BETWEEN_DIGITS.join(national)}(?![0-9])"
