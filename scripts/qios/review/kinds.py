"""What waits is of several kinds, and each is decided where its meaning is known."""

import psycopg

from qios.review.decide import Decided, decide
from qios.review.selection import Selection


def decide_items(
    database: psycopg.Connection,
    selection: Selection,
    status: str,
    reason: str | None,
    duplicates_are: str | None = None,
) -> Decided:
    return decide(database, selection, status, reason, duplicates_are)
