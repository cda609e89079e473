"""What is read of captured words, and what is rather not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.capture.reading import TITLE_LETTERS, Said, read

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when", "all_day"),
    [
        ("call the plumber tomorrow", at(26), True),
        ("Call tomorrow at 9:05", at(26, 9, 5), False),
        ("tomorrow 3pm call", at(26, 15), False),
        ("today 12:30 am", at(25, 0, 30), False),
        ("slept badly yesterday", at(24), True),
        ("visit 2026-12-01 14:30", at(1, 14, 30, 12), False),
        ("visit 2026-12-01T14:30", at(1, 14, 30, 12), False),
        ("2026-12-01: buy 3 pears", at(1, month=12), True),
        ("bp 120/80 today", at(25), True),
        ("today, yes today", at(25), True),
    ],
)
def test_a_clear_moment_is_read(text: str, when: datetime, all_day: bool) -> None:
    said = read(text, NOW)
    assert (said.when, said.all_day, said.vague) == (when, all_day, False)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("headache since monday", True),
        ("call next week", True),
        ("on 3/4 and on 5.6.2026", True),
        ("2026-13-40", False),
        ("today or tomorrow", False),
        ("at 14:30", False),
        ("todays special", False),
        ("spent 12.50 on 95/60 things", False),
    ],
)
def test_a_moment_that_could_be_another_is_not_read(text: str, vague: bool) -> None:
    said = read(text, NOW)
    assert (said.when, said.vague) == (None, vague)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("spent 12.50 EUR on lunch", "12.50", "EUR"),
        ("paid €7 for tea", "7", "EUR"),
        ("paid 1200,00 £", "1200.00", "GBP"),
        ("paid $5", "5", None),
        ("paid USD 5.00", "5.00", "USD"),
        ("paid 1,200 EUR", None, None),
        ("paid 1.200,50 EUR", None, None),
        ("paid 5 EUR and 6 EUR", None, None),
        ("took 400 MG and 2 PDF", None, None),
        ("paid 12", None, None),
    ],
)
def test_a_clear_sum_is_read(text: str, amount: str | None, currency: str | None) -> None:
    said = read(text, NOW)
    assert (said.amount, said.currency) == (amount and Decimal(amount), currency)


def test_the_title_is_the_first_line() -> None:
    assert read("\n  Buy milk \nand bread", NOW) == Said("Buy milk")
    title = read("word " * 100, NOW).title
    assert title.endswith("word…")
    assert len(title) <= TITLE_LETTERS


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert len(read(text, NOW).title) <= TITLE_LETTERS
