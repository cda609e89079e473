"""The filter of keys: "no" is certain, "yes" is rare for a new key."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.intake.seen import Seen


def key(number: int) -> bytes:
    return hashlib.md5(str(number).encode(), usedforsecurity=False).digest()


def test_what_was_added_is_seen():
    seen = Seen()
    assert seen.add_all([key(1)]) == []
    assert seen.add_all([key(2), key(1), key(3), key(2)]) == [1, 3]
    assert seen.add_all([]) == []


@given(st.lists(st.lists(st.integers(0, 30), max_size=6), max_size=8))
def test_whatever_the_order_what_was_added_is_seen(blocks):
    """A number as a key that keeps its order: runs begin, end, and fall back."""
    seen, before = Seen(1 << 16), set()
    for block in blocks:
        hits = seen.add_all([number.to_bytes(16) for number in block])
        for index, number in enumerate(block):
            assert index in hits or number not in before
            before.add(number)


def test_a_growing_run_is_not_called_seen():
    seen = Seen(1 << 10)
    assert seen.add_all([number.to_bytes(16) for number in range(5_000)]) == []
    assert seen.add_all([number.to_bytes(16) for number in range(5_000, 9_000)]) == []
    assert 0 in seen.add_all([(4_000).to_bytes(16)])


def test_few_new_keys_seem_seen():
    hits = Seen(1 << 20).add_all([key(number) for number in range(15_000)])
    assert len(hits) < 300


def test_a_full_filter_still_never_says_no_wrongly():
    seen = Seen(64)
    keys = [key(number) for number in range(1000)]
    seen.add_all(keys)
    assert seen.add_all(keys) == list(range(1000))


@pytest.mark.parametrize("slots", [0, 48, 100])
def test_the_number_of_slots_is_a_power_of_two(slots):
    with pytest.raises(ValueError, match="power of two"):
        Seen(slots)
