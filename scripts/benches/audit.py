"""bulk insert and update of 100,000 rows with the audit triggers / without them"""

import time
from pathlib import Path

from benches.measure import Timing, compare, fresh_database
from qios.server.connection import connect

ROWS = 100_000
INSERT = (
    "insert into core.entities (entity_type, display_name, description)"
    " select 'person', 'Person ' || n, 'Said: call after five' from generate_series(1, %s) as n"
)
UPDATE = "update core.entities set description = 'Said: call at noon', updated_at = now()"


def bench(folder: Path, rows: int) -> None:
    fresh_database("audited")

    def timed(statement: str, triggers: str, earlier: str | None = None) -> Timing:
        """The statement alone, in a transaction that leaves nothing."""
        with connect("audited") as database:
            database.execute(f"alter table core.entities {triggers} trigger user")
            if earlier:
                database.execute(earlier, [ROWS])
            began = time.perf_counter()
            database.execute(statement, [ROWS] if statement == INSERT else None)
            seconds = time.perf_counter() - began
            database.rollback()
        return Timing(seconds, 0)

    compare(
        f"insert {ROWS:,} rows with audit triggers / without",
        lambda: timed(INSERT, "enable"),
        lambda: timed(INSERT, "disable"),
        1.3,
    )
    compare(
        f"update {ROWS:,} rows with audit triggers / without",
        lambda: timed(UPDATE, "enable", INSERT),
        lambda: timed(UPDATE, "disable", INSERT),
        2.0,
    )
