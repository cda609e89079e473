"""`qios stage` of a CSV / psql's \\copy of the same file into text columns; and peak memory"""

from pathlib import Path

from benches.contacts import HEADINGS, write_contacts
from benches.measure import Timing, compare, fresh_database, psql, qios


def bench(folder: Path, rows: int) -> None:
    path = write_contacts(folder / "contacts.csv", rows)
    columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
    peaks = []

    def ours() -> Timing:
        name = fresh_database("staging_bench")
        qios("register", path, database=name)
        timing = qios("stage", database=name)
        peaks.append(timing.peak_mb)
        return timing

    def theirs() -> Timing:
        psql("drop database if exists copied")
        psql("create database copied template template0")
        psql(f"create schema s create table copied ({columns})", "copied")
        return psql(f"\\copy s.copied from '{path}' csv header", "copied")

    compare(f"stage {rows:,} rows of 15 columns / \\copy", ours, theirs, 4.0)
    print(f"  peak memory {max(peaks):.0f} MB (limit 250)")
