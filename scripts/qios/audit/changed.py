"""Rows that somebody wrote after the events that are to be taken back."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from qios.audit.events import Events, Table
from qios.errors import Findings
from qios.paths import project_root
from qios.registry.model import Registry

BOOKKEEPING = ["updated_at", "updated_by", "source_system", "source_file_id", "import_batch_id"]
"""Columns that move with others; alone they are no change."""
SHOWN = 20


@dataclass(frozen=True)
class Change:
    """A row of `target` (schema.table) that is no longer what the events left, and who wrote it
    first since then; columns is empty where the whole row came or went."""

    target: str
    target_id: uuid.UUID
    columns: list[str]
    actor: str
    action: str
    batch_id: uuid.UUID | None
    occurred_at: datetime

    def __str__(self) -> str:
        what = ", ".join(self.columns) or "the whole row"
        batch = f" of batch {str(self.batch_id)[:8]}" if self.batch_id else ""
        return (
            f"{self.target} {self.target_id}: {what}, by {self.actor} ({self.action}{batch}), "
            f"{self.occurred_at:%Y-%m-%d %H:%M:%S}"
        )


class ChangedSince(Findings):
    """Nothing was taken back: `changes` says what stands in the way."""

    def __init__(self, changes: list[Change], cure: str) -> None:
        lines = [f"  {change}" for change in changes[:SHOWN]]
        if len(changes) > SHOWN:
            lines.append(f"  … and {len(changes) - SHOWN} more")
        heading = f"{len(changes)} rows were changed since, nothing was taken back"
        super().__init__("\n".join([heading, *lines]), cure)
        self.changes = changes


def changed_since(
    database: psycopg.Connection, tables: list[Table], events: Events
) -> list[Change]:
    """The rows of `taken` that are not what the events left.

    What they left is the image that the next event of another kept of the row. Whoever changed a
    row and changed it back has not changed it.
    """
    changes = []
    registry = Registry(project_root())
    for schema, name in tables:
        statement = sql.SQL(
            """
            with later as (
                select taken.target_id, event.actor, event.action,
                    event.import_batch_id as batch_id, event.occurred_at,
                    event.before_image::jsonb as image, ({condition}) is true as is_own
                from taken
                inner join core.audit_events as event
                    on event.target_schema = taken.target_schema
                        and event.target_table = taken.target_table
                        and event.target_id = taken.target_id
                        and event.occurred_at > taken.first_at
                where taken.target_schema = {schema} and taken.target_table = {name}
                    and event.write_operation <> 'insert'
            ),

            -- Until the events themselves wrote the row again, or until today.
            until_own as (
                select *, min(occurred_at) filter (where is_own) over (
                    partition by target_id order by occurred_at
                    rows between 1 following and unbounded following
                ) as own_at
                from later
            ),

            others as (
                select distinct on (target_id, own_at) *
                from until_own where not is_own
                order by target_id, own_at, occurred_at
            )

            select {schema} || '.' || {name} as target, others.target_id,
                coalesce(moved.columns, '{{}}') as columns,
                others.actor, others.action, others.batch_id, others.occurred_at
            from others
            left join later as own
                on own.target_id = others.target_id and own.occurred_at = others.own_at
            left join {table} as held on held.id = others.target_id
            cross join lateral (select coalesce(own.image, to_jsonb(held)) as image) as left_as
            left join lateral (
                select array_agg(was.key order by was.key) as columns
                from jsonb_each(others.image) as was
                where left_as.image -> was.key <> was.value and was.key <> all(%(bookkeeping)s)
                    -- The text of a moment depends on the session that wrote it.
                    and case when was.key = any(%(moments)s)
                        then (left_as.image ->> was.key)::timestamptz
                            is distinct from (was.value #>> '{{}}')::timestamptz
                        else true end
            ) as moved on left_as.image is not null
            where left_as.image is null or moved.columns is not null
            order by others.occurred_at
            """
        ).format(
            schema=sql.Literal(schema),
            name=sql.Literal(name),
            table=sql.Identifier(schema, name),
            condition=events.condition,
        )
        columns = registry.relations[f"{schema}.{name}"].live_columns
        moments = [column.name for column in columns if column.data_type == "timestamptz"]
        values = events.values | {"bookkeeping": BOOKKEEPING, "moments": moments}
        with database.cursor(row_factory=class_row(Change)) as cursor:
            changes += cursor.execute(statement, values).fetchall()
    return changes
