"""What the database keeps of exported secrets: where each one lies, and who did what to it."""

import uuid
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import psycopg

from qios.gate import clean_text
from qios.ids import stable_id
from qios.vault.records import note_key, note_plain_text

WHY = "qios vault export"
STORE = "keepass"


@dataclass(frozen=True)
class Reference:
    """A secret in a store. row_key: of its row in quarantine; locator: file and entry."""

    row_key: uuid.UUID
    secret_type: str
    locator: str
    site_domain: str | None
    masked_username: str
    secret_hmac: str | None


def note_references(
    database: psycopg.Connection,
    references: Sequence[Reference],
    source_key: str,
    file_id: uuid.UUID,
    batch_id: uuid.UUID,
) -> None:
    """References to new and changed secrets, an event for each, and the rows that lead to them."""
    with database.transaction():
        key_id, record_id = note_key(database), note_plain_text(database, file_id)
        _note_event(database, "read", "granted", file_id)
        if not references:
            return
        cleaned = [(*astuple(reference), clean_text(reference.locator)) for reference in references]
        row_keys, types, _, domains, usernames, hmacs, locators = zip(*cleaned, strict=True)
        ids = [stable_id("qivault.secret_refs", STORE, locator) for locator in locators]
        names = [
            f"{domain or 'no site'} {username}".rstrip()
            for domain, username in zip(domains, usernames, strict=True)
        ]
        moved = database.execute(
            """
            insert into qivault.secret_refs as kept
                (id, display_name, secret_type, secret_store, store_locator, site_domain,
                 masked_username, secret_hmac, hmac_key_id, source_system, source_file_id,
                 import_batch_id)
            select id, display_name, secret_type, %(store)s, store_locator, site_domain,
                masked_username, secret_hmac, %(key)s, %(source)s, %(file)s, %(batch)s
            from unnest(
                %(ids)s::uuid[], %(names)s::text[], %(types)s::text[], %(locators)s::text[],
                %(domains)s::text[], %(usernames)s::text[], %(hmacs)s::text[]
            ) as moved (
                id, display_name, secret_type, store_locator, site_domain, masked_username,
                secret_hmac
            )
            on conflict (id) do update set
                secret_type = excluded.secret_type, secret_hmac = excluded.secret_hmac,
                hmac_key_id = excluded.hmac_key_id, last_rotated_at = now(), updated_at = now(),
                source_file_id = excluded.source_file_id,
                import_batch_id = excluded.import_batch_id
            where kept.secret_hmac is distinct from excluded.secret_hmac
            returning id
            """,
            {
                "store": STORE, "key": key_id, "source": source_key, "file": file_id,
                "batch": batch_id, "ids": ids, "names": names, "types": list(types),
                "locators": list(locators), "domains": list(domains),
                "usernames": list(usernames), "hmacs": list(hmacs),
            },
        ).fetchall()  # fmt: skip
        database.execute(
            """
            insert into qivault.access_events
                (action, outcome, secret_ref_id, sensitive_record_id, target_schema, target_table,
                 target_id, access_reason)
            select 'export', 'granted', secret_ref_id, %s, 'qinexus', 'files', %s, %s
            from unnest(%s::uuid[]) as moved (secret_ref_id)
            """,
            [record_id, file_id, WHY, [row_id for (row_id,) in moved]],
        )
        database.execute(
            """
            update staging.chrome_passwords_quarantine as held set secret_ref_id = moved.id
            from unnest(%s::uuid[], %s::uuid[]) as moved (row_key, id)
            where held.row_key = moved.row_key and held.secret_ref_id is distinct from moved.id
            """,
            [list(row_keys), ids],
        )


def note_denied(database: psycopg.Connection, file_id: uuid.UUID) -> None:
    """The passphrase did not open the store."""
    _note_event(database, "export", "denied", file_id)


def _note_event(
    database: psycopg.Connection, action: str, outcome: str, file_id: uuid.UUID
) -> None:
    database.execute(
        """
        insert into qivault.access_events
            (action, outcome, target_schema, target_table, target_id, access_reason)
        values (%s, %s, 'qinexus', 'files', %s, %s)
        """,
        [action, outcome, file_id, WHY],
    )
