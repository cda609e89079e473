"""What is known of passwords without knowing one: which are used twice, which lie open."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.gate.marker import TAG_LETTERS
from qios.intake.archive.opening import outermost

LATEST = sql.SQL(
    """
    select distinct on (row_key) *
    from staging.chrome_passwords_quarantine where review_status = 'quarantined'
    order by row_key, created_at desc, row_number desc
    """
)


def reused(database: psycopg.Connection) -> list[dict[str, Any]]:
    """The passwords that open more than one site or account, the most used first.

    [{password, sites, usernames, rows}]; password is the tag of its markers.
    """
    with database.cursor(row_factory=dict_row) as cursor:
        statement = sql.SQL(
            """
            select '#' || left(secret_hmac, %s) as password,
                array_agg(distinct coalesce(site_domain, '(no site)')) as sites,
                array_agg(distinct masked_username) as usernames, count(*) as rows
            from ({}) as latest
            where secret_hmac is not null
            group by secret_hmac
            having count(distinct coalesce(site_domain, '')) > 1
                or count(distinct masked_username) > 1
            order by rows desc, password
            """
        ).format(LATEST)
        return cursor.execute(statement, [TAG_LETTERS]).fetchall()


def vault_status(database: psycopg.Connection) -> dict[str, Any]:
    """{sources, stores, plain_text_files}: rows in quarantine, references, files to delete."""
    with database.cursor(row_factory=dict_row) as cursor:
        by_source = sql.SQL(
            """
            select batch.source_system as source, count(*) as sign_ins,
                count(*) filter (where password_present) as with_password,
                count(*) filter (where secret_ref_id is not null) as in_a_store
            from ({}) as latest
            inner join qinexus.import_batches as batch on batch.id = latest.import_batch_id
            group by batch.source_system order by batch.source_system
            """
        ).format(LATEST)
        sources = cursor.execute(by_source).fetchall()
        stores = cursor.execute(
            """
            select split_part(store_locator, '#', 1) as store, count(*) as entries
            from qivault.secret_refs where secret_store = 'keepass'
            group by 1 order by 1
            """
        ).fetchall()
        files = cursor.execute(
            """
            select file.path from qivault.sensitive_records as record
            inner join qinexus.files as file on file.id = record.target_id
            where record.target_schema = 'qinexus' and record.target_table = 'files'
                and record.data_category = 'credential'
            order by file.path
            """
        ).fetchall()
    there = [row["path"] for row in files if Path(outermost(row["path"])[0]).exists()]
    return {"sources": sources, "stores": stores, "plain_text_files": there}
