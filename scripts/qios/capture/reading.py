"""What a captured text says of its title, of when, and of how much. Nothing is guessed.

A moment is read only where it can mean one thing: an ISO date, today, tomorrow, yesterday, and a
clock time beside one of these. Other words of time, such as a weekday, make the text `vague`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

TITLE_LETTERS = 120
DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
ISO_DATE = r"(?P<date>\d{4}-\d{2}-\d{2})(?:[T ](?=\d))?"
DAY = re.compile(rf"\b(?:(?P<day>{'|'.join(DAYS)})\b|{ISO_DATE})", re.IGNORECASE)
CLOCK = re.compile(
    r"(?<![\d:./-])(?:(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)|(?P<twelve>1[0-2]|0?[1-9])(?=\s?[ap]m))"
    r"\s?(?P<half>[ap]m)?\b(?![:./-]?\d)",
    re.IGNORECASE,
)
PART = r"(?:0?[1-9]|[12]\d|3[01])"
VAGUE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|since|ago|last|next|this|morning|noon|"
    r"afternoon|evening|tonight|night|week|weekend|month|year|january|february|march|april|june|"
    r"july|august|september|october|november|december)s?\b"
    rf"|(?<![\d.,/]){PART}(?:/{PART}(?:/\d{{2,4}})?|\.{PART}\.(?:\d{{2,4}})?)(?![\d.,/]*\d)",
    re.IGNORECASE,
)
CURRENCIES = {"€": "EUR", "£": "GBP"}
NUMBER = r"\d+(?:[.,]\d{2})?(?![\d.,]*\d)"
AMOUNT = re.compile(
    rf"(?P<before>[€£$]|\b[A-Z]{{3}}\b) ?(?P<first>{NUMBER})"
    rf"|(?<![\d.,])(?P<second>{NUMBER}) ?(?P<after>[€£$]|[A-Z]{{3}}\b)"
)


@dataclass(frozen=True)
class Said:
    """when: a moment in the zone of the capture; all_day: no clock time was given.

    vague: words of time stand there that may mean several days. currency: None for `$` alone.
    """

    title: str
    when: datetime | None = None
    all_day: bool = False
    vague: bool = False
    amount: Decimal | None = None
    currency: str | None = None


def read(text: str, captured_at: datetime) -> Said:
    """What the text says; captured_at has a zone, in which its days are meant."""
    amount, currency = _amount(text)
    day = _day(text, captured_at.date())
    vague = bool(VAGUE.search(DAY.sub(" ", text)))
    if day is None:
        return Said(_title(text), vague=vague, amount=amount, currency=currency)
    clock = _clock(DAY.sub(lambda found: " " * len(found[0]), text))
    when = datetime.combine(day, clock or time(), captured_at.tzinfo)
    return Said(_title(text), when, clock is None, vague, amount, currency)


def _title(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= TITLE_LETTERS:
        return first
    return first[: TITLE_LETTERS - 1].rsplit(" ", 1)[0] + "…"


def _day(text: str, today: date) -> date | None:
    """The one day that is named; None where none or several are."""
    days = set()
    for found in DAY.finditer(text):
        if found["day"]:
            days.add(today + timedelta(days=DAYS[found["day"].lower()]))
            continue
        try:
            days.add(date.fromisoformat(found["date"]))
        except ValueError:
            return None
    return days.pop() if len(days) == 1 else None


def _clock(text: str) -> time | None:
    """The one clock time that is named; None where none or several are."""
    found = list(CLOCK.finditer(text))
    if len(found) != 1:
        return None
    at, half = found[0], (found[0]["half"] or "").lower()
    hour = int(at["hour"] or at["twelve"])
    if half and hour > 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(at["minute"] or 0))


def _amount(text: str) -> tuple[Decimal | None, str | None]:
    """The one sum of money that is named, with its currency."""
    found = [at for at in AMOUNT.finditer(text) if _currency(at) is not None]
    if len(found) != 1:
        return None, None
    number = (found[0]["first"] or found[0]["second"]).replace(",", ".")
    return Decimal(number), _currency(found[0]) or None


def _currency(found: re.Match[str]) -> str | None:
    """A code of ISO 4217, '' for a `$` of some country, None where the word is none."""
    mark = found["before"] or found["after"]
    if mark == "$":
        return ""
    return CURRENCIES.get(mark) or (mark if mark in _codes() else None)


def _codes() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))
