"""`qios undo` of 100,000 promoted rows / one SQL statement that deletes what they brought"""

from pathlib import Path

from psycopg import sql

from benches.contacts import write_contacts
from benches.measure import Timing, compare, fresh_database, psql, qios
from qios.server.connection import connect

ROWS = 100_000


def bench(folder: Path, rows: int) -> None:
    export = write_contacts(folder / "undone.csv", min(rows, ROWS))
    fresh_database("promoted")
    qios("ingest", export, database="promoted")
    psql("vacuum analyze", "promoted")
    with connect("promoted") as database:
        (batch,) = database.execute("select id from qinexus.import_batches").fetchone()
        tables = database.execute(
            "select distinct target_schema, target_table from core.audit_events"
            " where action = 'promote' and import_batch_id = %s",
            [batch],
        ).fetchall()
        deletes = [
            sql.SQL("gone_{} as (delete from {} where import_batch_id = {})").format(
                sql.SQL(str(number)), sql.Identifier(*table), sql.Literal(batch)
            )
            for number, table in enumerate(tables)
        ]
        plain = sql.SQL(
            "with {} update staging.zoho_contacts_raw set review_status = 'undone'"
            " where import_batch_id = {}"
        ).format(sql.SQL(", ").join(deletes), sql.Literal(batch))
        statement = plain.as_string(database)

    def ours() -> Timing:
        return qios("undo", str(batch), database=fresh_database("undone", "promoted"))

    def theirs() -> Timing:
        return psql(statement, fresh_database("undone", "promoted"))

    compare(f"undo {min(rows, ROWS):,} promoted rows / plain deletes", ours, theirs, 2.0)
