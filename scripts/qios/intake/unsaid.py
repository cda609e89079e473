"""Columns of which a file says nothing: those that earlier files of its source had and it lacks."""

from collections.abc import Collection

import psycopg

from qios.intake.header import distinct_names, find_columns
from qios.intake.sources import Source


def unsaid_columns(
    database: psycopg.Connection, source: Source, found: Collection[str]
) -> list[str]:
    """The registered columns that the source has told so far and that a header has not, sorted.

    found: the registered columns that the header has. The last file knows what was told before it.
    """
    last = database.execute(
        """
        select file.header, file.unsaid_columns
        from qinexus.import_batches as batch
        inner join qinexus.import_files as file on file.import_batch_id = batch.id
        where batch.source_id = %s
        order by batch.staged_at desc
        limit 1
        """,
        [source.id],
    ).fetchone()
    if last is None:
        return []
    header, unsaid = last
    told = {*find_columns(distinct_names(header), source.shape.columns), *unsaid}
    return sorted(told - _told_by(source, found))


def _told_by(source: Source, found: Collection[str]) -> set[str]:
    """The columns found, and those that tell the same in another layout."""
    told = set(found)
    for alternatives in source.row.items("alternative_columns"):
        names = alternatives.split("/")
        if told.intersection(names):
            told.update(names)
    return told
