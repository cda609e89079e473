"""Columns that a source and a person both changed: items of the queue that wait for a person.

The person's value stands until somebody decides. A promotion writes the item, with the column's
earlier word of the source as `base`, the value held as `ours` and its new word as `theirs`.
"""

import uuid
from collections.abc import Sequence

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from qios.audit.act import acting
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.review.decide import person
from qios.review.queue import OPEN
from qios.review.transitions import deciding

OURS, THEIRS = "ours", "theirs"


def decide_conflict(
    database: psycopg.Connection,
    queue_ids: Sequence[uuid.UUID],
    decision: str,
    reason: str | None = None,
) -> int:
    """Decide conflicts, all or none: `theirs` takes the source's values, `ours` keeps those held.

    How many were decided; one that somebody decided before counts as nothing. Until the source has
    another word the same question is not asked again. Raises Findings where a value held is not the
    one that the question was about.
    """
    if decision not in (OURS, THEIRS):
        raise UsageError(f"{decision!r} decides no conflict", f"choose {OURS} or {THEIRS}")
    why = clean_text(reason) if reason else None
    with deciding(database), acting(database, f"conflict_{decision}", why):
        items = database.execute(
            """
            select id, target_schema, target_table, target_id, explanation
            from qiaccess.classification_queue
            where id = any(%s) and waiting_reason = 'conflict' and status = any(%s)
            order by target_schema, target_table, target_id for update
            """,
            [list(queue_ids), list(OPEN)],
        ).fetchall()
        if decision == THEIRS:
            for _, schema, table, row_id, columns in items:
                _take_theirs(database, (schema, table), row_id, columns)
        database.execute(
            """
            update qiaccess.classification_queue
            set status = 'decided', decision = %s, decision_reason = %s, decided_by = %s,
                decided_at = now(), updated_at = now()
            where id = any(%s)
            """,
            [
                "update" if decision == THEIRS else "reject",
                *(why, person(), [item[0] for item in items]),
            ],
        )
    return len(items)


def _take_theirs(
    database: psycopg.Connection,
    table: tuple[str, str],
    row_id: uuid.UUID,
    columns: dict[str, dict[str, object]],
) -> None:
    """Write the source's words into the columns of a row, which still hold what was asked about."""
    names = [sql.Identifier(name) for name in columns]
    ours, theirs = ({name: said[side] for name, said in columns.items()} for side in (OURS, THEIRS))
    changed = database.execute(
        sql.SQL(
            """
            update {table} as target
            set ({names}) = row({theirs}), updated_at = now(), updated_by = session_user
            from jsonb_populate_record(null::{table}, %(theirs)s) as said,
                jsonb_populate_record(null::{table}, %(ours)s) as asked
            where target.id = %(id)s and row({held}) is not distinct from row({asked})
            """
        ).format(
            table=sql.Identifier(*table),
            names=sql.SQL(", ").join(names),
            theirs=_of("said", names),
            held=_of("target", names),
            asked=_of("asked", names),
        ),
        {"theirs": Jsonb(theirs), "ours": Jsonb(ours), "id": row_id},
    ).rowcount
    if not changed:
        raise Findings(
            f"{'.'.join(table)} {row_id}: {', '.join(columns)} changed since the question arose, "
            "or the row is gone",
            "decide `ours` to leave the row as it is",
        )


def _of(relation: str, names: Sequence[sql.Identifier]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(relation) + sql.SQL(".") + name for name in names)


def name_rows(database: psycopg.Connection) -> int:
    """Tell the open conflicts in which row of its file the source's word stands, since links lead
    there now; how many conflicts are open."""
    database.execute(
        """
        update qiaccess.classification_queue as item
        set explanation = located.explanation
        from (
            select item.id, jsonb_object_agg(said.key, said.value || case
                when said.value ? 'row' then '{}'
                else jsonb_build_object('row', link.row_number) end) as explanation
            from qiaccess.classification_queue as item
            cross join lateral jsonb_each(item.explanation) as said
            inner join lateral (
                select max(row_number) as row_number from qinexus.source_entity_links
                where target_id = item.target_id and import_batch_id = item.import_batch_id
            ) as link on link.row_number is not null
            where item.waiting_reason = 'conflict' and item.status = any(%(open)s)
            group by item.id
        ) as located
        where located.id = item.id and located.explanation <> item.explanation
        """,
        {"open": list(OPEN)},
    )
    return database.execute(
        """
        select count(*) from qiaccess.classification_queue
        where waiting_reason = 'conflict' and status = any(%s)
        """,
        [list(OPEN)],
    ).fetchone()[0]
