"""1,000 new rows into a database that holds N promoted ones / into an empty one"""

from pathlib import Path

from benches.contacts import write_contacts
from benches.measure import Timing, compare, fresh_database, psql, qios

NEW_ROWS = 1000


def bench(folder: Path, rows: int) -> None:
    history = write_contacts(folder / "history.csv", rows)
    fresh_database("behind")
    took = qios("ingest", history, database="behind")
    psql("vacuum analyze", "behind")
    print(f"  promoting the {rows:,} rows of the history took {took.seconds:.0f} s")
    number = iter(range(1_000_000))

    def into(name: str) -> Timing:
        first = 2 * rows + NEW_ROWS * next(number)
        return qios(
            "ingest", write_contacts(folder / f"new_{first}.csv", NEW_ROWS, first), database=name
        )

    compare(
        f"ingest {NEW_ROWS:,} rows behind {rows:,} / into an empty database",
        lambda: into("behind"),
        lambda: into(fresh_database("empty")),
        1.5,
    )
