"""Records that earlier files of a whole held, and a later one holds no more.

A book of accounts is exported as a whole: what is missing from it was deleted. A record that is
missing is staged as its last row once more, with GONE in the column that the source names for it,
in a batch of its own. It waits for a person, who says whether it ends or the file was a wrong one.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from qios.intake.accounting import RowCounts
from qios.intake.batch import Dialect, FileVersion, close_batch, open_batch
from qios.intake.chunk import Chunk
from qios.intake.earlier import supersede
from qios.intake.sources import Source

GONE = "gone"
"""What the column says, and the name of the batch among those of its file."""


@dataclass
class Whole:
    """What a file holds whole, and the keys of all records that it holds.

    at: the place of the source's whole column in a row. gone, line: the columns of a payload that
    say that a record is gone, and the number of a line in it. key: the value of the whole column.
    """

    at: int
    gone: str
    line: str
    key: str | None = None
    keys: set[bytes] = field(default_factory=set)

    def add(self, chunk: Chunk, keys: Sequence[bytes]) -> None:
        """Take note of the rows of a chunk, which have these keys."""
        self.key = chunk.rows[0][self.at]
        self.keys.update(keys)


def whole_of(
    source: Source | None, positions: Mapping[str, int], names: Sequence[str]
) -> Whole | None:
    """The whole that a file of the source is; None where the source's files are none.

    positions: column_name -> its place in a row. names: what the columns are in a payload.
    """
    if source is None or not source.row["whole_column"]:
        return None
    gone, line = source.row["gone_column"], "line_number"
    return Whole(
        positions[source.row["whole_column"]], names[positions[gone]], names[positions[line]]
    )


def stage_gone(
    database: psycopg.Connection,
    version: FileVersion,
    source: Source,
    whole: Whole,
    dialect: Dialect,
) -> tuple[uuid.UUID, RowCounts] | None:
    """Stage the records of the whole that the file has no more: their batch and number; None where
    there are none."""
    told = None
    with database.transaction():
        batch_id, staged_at = open_batch(database, version, source, GONE)
        about = {"batch": batch_id, "file": version.file_id, "staged_at": staged_at}
        number = _insert(database, source, whole, about)
        if not number:
            raise psycopg.Rollback
        told = batch_id, RowCounts(read=number, staged=number)
        close_batch(database, version, batch_id, told[1], GONE, dialect, whole_key=whole.key)
    return told


def _insert(
    database: psycopg.Connection, source: Source, whole: Whole, about: Mapping[str, object]
) -> int:
    """Of a record of several lines its first is enough: with it goes the record. What was gone
    before, by the file's own word or by ours, is not told again."""
    landing = sql.Identifier("staging", source.landing)
    statement = sql.SQL(
        """
        with latest as (
            select distinct on (landing.row_key) landing.*
            from {landing} as landing
            inner join qinexus.import_batches as batch on batch.id = landing.import_batch_id
            where batch.source_id = %(source)s and batch.whole_key = %(whole)s
            order by landing.row_key, landing.created_at desc, landing.row_number desc
        )
        insert into {landing} (import_batch_id, source_file_id, created_at, row_number,
            row_key, content_hash, raw_payload)
        select %(batch)s, %(file)s, %(staged_at)s,
            row_number() over (order by latest.created_at, latest.row_number),
            latest.row_key, md5(told.payload::text)::uuid, told.payload
        from latest
        cross join lateral (
            select json_object_agg(
                cell.key, case when cell.key = %(column)s then %(gone)s else cell.value end
            ) as payload
            from json_each_text(latest.raw_payload) as cell
        ) as told
        where latest.review_status not in ('rejected', 'undone', 'forgotten')
            and latest.raw_payload ->> %(line)s = '1'
            and coalesce(latest.raw_payload ->> %(column)s, '') = ''
            and not exists (
                select from unnest(%(keys)s::uuid[]) as held (row_key)
                where held.row_key = latest.row_key
            )
        """
    ).format(landing=landing)
    columns = {"column": whole.gone, "line": whole.line, "gone": GONE}
    keys = {"keys": [key.hex() for key in whole.keys]}
    of_source = {"source": source.id, "whole": whole.key}
    number = database.execute(statement, {**about, **columns, **keys, **of_source}).rowcount
    supersede(database, landing, about["batch"], range(1, number + 1))
    return number
