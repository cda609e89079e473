"""What qivault is told: the key by its id, and which files hold secrets in plain text."""

import uuid

import psycopg

from qios.gate.key import hmac_key
from qios.ids import stable_id

ADVICE = (
    "The file holds passwords in plain text. Move them with `qios vault export`, then delete it."
)


def note_key(database: psycopg.Connection) -> uuid.UUID:
    """The id of the row that names the key of the keyed hashes; made when there is none."""
    key_id = hmac_key().key_id
    row_id = stable_id("qivault.encryption_key_metadata", key_id)
    database.execute(
        """
        insert into qivault.encryption_key_metadata
            (id, key_label, key_purpose, algorithm, key_length_bits, key_fingerprint,
             secret_store, store_locator, activated_at)
        values (%s, %s, 'hmac', 'HMAC-SHA256', 256, %s, 'other', %s, now())
        on conflict (id) do nothing
        """,
        [row_id, f"secret hmac {key_id}", key_id, "QIOS_HOME/keys/secret-hmac.key"],
    )
    return row_id


def note_plain_text(database: psycopg.Connection, file_id: uuid.UUID) -> uuid.UUID:
    """The id of the row that says that a registered file holds credentials."""
    row_id = plain_text_record(file_id)
    database.execute(
        """
        insert into qivault.sensitive_records
            (id, target_schema, target_table, target_id, data_category, handling_instructions)
        values (%s, 'qinexus', 'files', %s, 'credential', %s)
        on conflict (target_schema, target_table, target_id) do nothing
        """,
        [row_id, file_id, ADVICE],
    )
    return row_id


def plain_text_record(file_id: uuid.UUID) -> uuid.UUID:
    return stable_id("qivault.sensitive_records", "qinexus.files", str(file_id))
