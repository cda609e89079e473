"""`qios review approve` of 100,000 rows / one UPDATE of the same rows"""

from pathlib import Path

from benches.contacts import staged
from benches.measure import Timing, compare, fresh_database, psql, qios

ROWS = 100_000
PLAIN = """
    update staging.zoho_contacts_raw
    set review_status = 'approved', reviewed_at = now(), reviewed_by = 'me', review_reason = 'fine'
    where review_status = 'pending'
"""


def bench(folder: Path, _rows: int) -> None:
    template = staged(folder, ROWS)

    def ours() -> Timing:
        name = fresh_database("approving", template)
        return qios("review", "approve", "--all", "--why", "fine", database=name)

    def theirs() -> Timing:
        return psql(PLAIN, fresh_database("approving_plainly", template))

    compare(f"approve {ROWS:,} rows / one UPDATE", ours, theirs, 2.5)
