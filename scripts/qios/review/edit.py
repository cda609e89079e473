"""What a staged row says, changed by a person before it is approved.

The payload of the file stays as it came. What the typed view reads instead is the edited payload,
and the batch is validated again: at the end of the edit, or by whoever comes next.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.types.json import Json, Jsonb

from qios.audit.act import acting
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.intake.decode import storable
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.person import person
from qios.review.cells import edited_payloads, heading_in, headings_of
from qios.review.items import Item, source_of
from qios.review.selection import SHORT_ID, UNDECIDED
from qios.review.transitions import deciding

ACTION = "review_edit"
Values = Mapping[str, str]
"""Column of the source -> its new text; an empty one empties the cell."""


@dataclass(frozen=True)
class Edited:
    """before, after: column -> text, of the columns that really changed."""

    before: dict[str, str]
    after: dict[str, str]


def edit(database: psycopg.Connection, item: Item, values: Values, reason: str | None) -> Edited:
    """Change what an item's row says. Raises UsageError for a column that the source has not or
    that holds secrets, Findings where the row is decided already."""
    source = source_of(item)
    if source is None:
        raise UsageError(
            f"the item {str(item['item_id'])[:SHORT_ID]} is about no staged row",
            "an entry that was captured, or a conflict, is decided as it is",
        )
    values = allowed_values(source, values)
    why = clean_text(reason) if reason else None
    with deciding(database), acting(database, ACTION, why):
        return write_edits(database, item, values, why)


def write_edits(
    database: psycopg.Connection, item: Item, values: Values, reason: str | None
) -> Edited:
    """The same within a transaction, of an item about a staged row, with values that may be
    stored."""
    source, batch, number = source_of(item), item["import_batch_id"], item["row_number"]
    payload = edited_payloads(database, source, batch, [number])[number]
    headings = {name: heading_in(payload, headings_of(source)[name]) for name in values}
    before = {name: str(payload.get(headings[name], "")) for name in values}
    changed = [name for name in values if values[name] != before[name]]
    edited = Edited({n: before[n] for n in changed}, {n: values[n] for n in changed})
    if changed:
        payload |= {headings[name]: values[name] for name in changed}
        _write(database, source, batch, number, payload)
        have_validated_again(database, batch)
        _note(database, item["item_id"], batch, edited, reason)
    return edited


def allowed_values(source: Source, values: Values) -> dict[str, str]:
    """The values as they may be stored: past the secret gate, and free of what no text can hold."""
    known = headings_of(source)
    for name in values:
        if name not in known:
            raise UsageError(
                f"{source.key} has no column {name!r}", f"choose one of {', '.join(known)}"
            )
        if name in source.secret_columns:
            raise UsageError(
                f"{source.key}.{name} holds secrets, which are not kept here",
                "keep the value in a password manager",
            )
    return {name: storable(clean_text(value)) for name, value in values.items()}


def _write(
    database: psycopg.Connection,
    source: Source,
    batch: uuid.UUID,
    number: int,
    payload: dict[str, object],
) -> None:
    statement = sql.SQL(
        """
        update {} set edited_payload = %s
        where import_batch_id = %s and row_number = %s and review_status = any(%s)
        """
    ).format(sql.Identifier(STAGING, source.landing))
    given = [Json(payload), batch, number, list(UNDECIDED)]
    if not database.execute(statement, given).rowcount:
        raise Findings(
            f"row {number} of batch {str(batch)[:SHORT_ID]} is decided already",
            "correct the record that it became, by `qios correct`",
        )


def have_validated_again(database: psycopg.Connection, batch: uuid.UUID) -> None:
    """Let the batch wait to be validated; by updated_at a validation at work knows of it."""
    database.execute(
        """
        update qinexus.import_batches set validated_at = null, updated_at = clock_timestamp()
        where id = %s
        """,
        [batch],
    )


def _note(
    database: psycopg.Connection,
    item_id: uuid.UUID,
    batch: uuid.UUID,
    edited: Edited,
    reason: str | None,
) -> None:
    database.execute(
        """
        insert into core.audit_events
            (actor, action, target_schema, target_table, target_id, before_image, after_image,
            reason, import_batch_id, correlation_id)
        values (%s, %s, 'qiaccess', 'classification_queue', %s, %s, %s, %s, %s,
            nullif(current_setting('qios.correlation_id', true), '')::uuid)
        """,
        [
            *(person(), ACTION, item_id, Jsonb(edited.before), Jsonb(edited.after)),
            *(reason, batch),
        ],
    )
