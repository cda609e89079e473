"""`qios promote` of 100,000 rows / one statement that inserts the very rows that come of it"""

from pathlib import Path

from psycopg import sql

from benches.contacts import staged
from benches.measure import Timing, compare, fresh_database, psql, qios

ROWS = 100_000
TABLES = (
    *("core.entities", "core.organizations", "core.people", "core.identifiers", "core.locations"),
    *("core.relationships", "qiconnect.external_ids", "qinexus.source_values"),
    "qinexus.source_entity_links",
)


def bench(folder: Path, _rows: int) -> None:
    template = staged(folder, ROWS)
    inserts = written_beforehand(folder, template)

    def ours() -> Timing:
        return qios("promote", database=fresh_database("promoting", template))

    def theirs() -> Timing:
        return psql(inserts, fresh_database("promoting_plainly", "with_rows"))

    compare(f"promote {ROWS:,} rows / one statement", ours, theirs, 3.0)


def written_beforehand(folder: Path, template: str) -> str:
    """Lay the promoted rows beside the empty tables of `with_rows`: the statement to insert them.

    It has nothing to work out, so the ratio is what reading, merging and linking cost, and dbt.
    """
    promoted = fresh_database("promoted", template)
    qios("promote", database=promoted)
    plain = fresh_database("with_rows", template)
    psql("create schema made", plain)
    for table in TABLES:
        path, copy = folder / f"{table}.copy", f'made."{table}"'
        psql(f"\\copy {table} to '{path}'", promoted)
        psql(f"create table {copy} (like {table})", plain)
        psql(f"\\copy {copy} from '{path}'", plain)
        path.unlink()
    inserts = sql.SQL(", ").join(
        sql.SQL("{} as (insert into {} select * from {})").format(
            sql.Identifier(f"into_{table}"),
            sql.Identifier(*table.split(".")),
            sql.Identifier("made", table),
        )
        for table in TABLES
    )
    moved = "update staging.zoho_contacts_raw set review_status = 'promoted'"
    return sql.SQL("with {} {}").format(inserts, sql.SQL(moved)).as_string()
