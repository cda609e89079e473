"""A word in all the ways in which texts spell it: with accents or without, composed or decomposed,
and escaped as in an address on the web or in JSON. The expressions are PostgreSQL's."""

import re
import unicodedata
from functools import cache
from urllib.parse import quote

MARKS = "\u0300-\u036f"  # the accents of decomposed letters
LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
STROKES = {"d": "đĐ", "h": "ħĦ", "i": "\u0131", "l": "łŁ", "o": "øØ", "t": "ŧŦ"}
"""Letters that Unicode does not take apart, by the one they are written as without the stroke."""
IN_TWO = {"ä": "ae", "å": "aa", "æ": "ae", "ð": "dh", "ö": "oe", "ø": "oe", "œ": "oe", "ü": "ue"}
IN_TWO |= {"ß": "ss", "þ": "th"}
APOSTROPHES, HYPHENS = "'\u2019", "-\u2010\u2011"


def folded(text: str) -> str:
    """The text in small letters, without accents."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text).lower()
    plain = (_base(letter) or IN_TWO.get(letter, letter) for letter in composed)
    return "".join(letter for letter in plain if not unicodedata.combining(letter[0]))


def spelled(word: str, *, in_case: bool = False) -> str:
    """An expression that finds a word of a name, however it is spelled.

    in_case: for a search that heeds the case of letters; the word's own case is what is sought.
    """
    return "".join(_letter(letter, in_case) for letter in unicodedata.normalize("NFC", word))


def as_written(address: str) -> str:
    """An expression that finds an address as it stands there, or escaped."""
    return "".join(_any(re.escape(sign), *_escaped(sign)) for sign in address)


@cache
def _letter(letter: str, in_case: bool) -> str:
    if unicodedata.combining(letter):
        return f"[{MARKS}]*"
    for alike in (APOSTROPHES, HYPHENS):
        if letter in alike:
            return _any(*map(re.escape, alike), *_escaped(letter))
    forms = [re.escape(letter)]
    if base := _base(letter):
        kin = _kin()[base.lower()]
        if in_case:
            kin = kin.upper() if letter.isupper() else kin.lower()
        forms = [f"[{kin}][{MARKS}]*"]
    if in_two := IN_TWO.get(letter.lower()):
        in_two = in_two.title() if letter.isupper() else in_two
        forms.append(spelled(in_two, in_case=in_case))
    return _any(*forms, *_escaped(letter))


def _escaped(sign: str) -> list[str]:
    """How an address on the web and JSON write a sign that they may not take as it is."""
    if sign.isascii() and sign.isalnum():
        return []
    cases = dict.fromkeys((sign.lower(), sign.upper()))
    forms = [form for case in cases for form in (quote(case, safe=""), rf"\u{ord(case[0]):04x}")]
    return [re.escape(form) for form in forms if form != sign]


def _base(letter: str) -> str | None:
    """The letter of a to z, in either case, that a Latin letter is without its accents."""
    for base, stroked in STROKES.items():
        if letter in stroked:
            return base
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() and base.isalpha() else None


@cache
def _kin() -> dict[str, str]:
    """a to z -> all letters that are the same without their accents."""
    kin = {chr(code): chr(code) for code in range(ord("a"), ord("z") + 1)}
    for letter in map(chr, LATIN):
        if base := _base(letter):
            kin[base.lower()] += letter
    return kin


def _any(first: str, *others: str) -> str:
    return f"(?:{'|'.join((first, *others))})" if others else first
