"""The verdicts on the batches that are open, as they were written down."""

import uuid
from collections.abc import Sequence
from typing import Any

import psycopg

from qios.intake.sources import registered_sources

COLUMNS = ("batch_id", "source", "path", "rows", "validated_at", "verdict", "expectations")


def verdicts(database: psycopg.Connection, judged: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    """COLUMNS and `broken`, the codes not met, of these batches and of all that still have rows to
    be decided on or promoted. A batch whose file said nothing new has no row, and no expectations.
    """
    keys = {source.id: source.key for source in registered_sources().values()}
    rows = database.execute(
        """
        select batch.id, batch.source_id, file.path, batch.row_count, batch.validated_at,
            batch.stats -> 'validation' ->> 'verdict',
            coalesce(batch.stats -> 'validation' -> 'expectations', '[]'::jsonb)
        from qinexus.import_batches as batch
        inner join qinexus.file_versions as version on version.id = batch.file_version_id
        inner join qinexus.files as file on file.id = version.file_id
        where batch.id = any(%s)
            or (batch.row_count > 0
                and batch.status in ('validated', 'in_review', 'partially_promoted'))
        order by batch.staged_at
        """,
        [list(judged)],
    )
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    for batch in found:
        batch["source"] = keys.get(batch["source"])
        batch["broken"] = [e["code"] for e in batch["expectations"] if not e["met"]]
    return found
