"""Rows of something else that name a forgotten person, as an invoice does: a person decides about
them, and the words that name the forgotten one are taken out before anybody reads them."""

import uuid
from collections.abc import Mapping, Sequence

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from qios.forget.spoken import OWN
from qios.forget.staged import array_of, keys_to_watch, mark
from qios.forget.words import ADDRESS, MARKER, Words
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.paths import project_root
from qios.registry.model import Registry, Relation
from qios.review.selection import UNDECIDED

WHOLE = ("full_name", "display_name", "counterparty_name")
PAYLOADS = ("raw_payload", "edited_payload")


def mark_naming(database: psycopg.Connection, source: Source, batches: list[uuid.UUID]) -> int:
    """Give the problem code to these rows; their number.

    A person decides about them: what they are about is not the forgotten person's alone.
    """
    return mark(
        database,
        source,
        batches,
        _others(database, source),
        "problem_codes = array_append(problem_codes, %(forgotten)s)",
    )


def take_out_names(database: psycopg.Connection, source: Source, batches: list[uuid.UUID]) -> int:
    """Take the words out of the payloads of these rows; how many rows named somebody.

    Whom a row knows by name alone has another id then. That is forgotten, too: it is nobody's.
    """
    keys = _others(database, source)
    if not keys:
        return 0
    view = Registry(project_root()).relations[f"{STAGING}.{source.view}"]
    rows = _naming(database, view, keys, batches)
    for row in rows:
        words = Words()
        for key in keys:
            if row[key] in row["gone"]:
                _take(words, view, key, keys, row)
        if words:
            clean_row(database, source, row, words)
    _forget_new_ids(database, view, keys, rows)
    return len(rows)


def _others(database: psycopg.Connection, source: Source) -> list[str]:
    """The keys of whom or what else a row refers to; none where nobody was forgotten."""
    return [key for key in keys_to_watch(database, source) if key != OWN]


def _naming(
    database: psycopg.Connection, view: Relation, keys: Sequence[str], batches: list[uuid.UUID]
) -> list[dict[str, object]]:
    """The rows as their typed view has them; `gone` are the ids of the forgotten among the keys."""
    statement = sql.SQL(
        """
        select row.*, array(
            select entity_id from core.forgotten_entities where entity_id = any({keys})
        ) as gone
        from {view} as row
        where row.import_batch_id = any(%s) and row.review_status = any(%s)
            and {keys} && array(select entity_id from core.forgotten_entities)
        """
    ).format(keys=array_of(keys), view=sql.Identifier(view.schema, view.name))
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement, [batches, list(UNDECIDED)]).fetchall()


def _take(
    words: Words, view: Relation, key: str, keys: Sequence[str], row: dict[str, object]
) -> None:
    """Take in what the row says of whom the key refers to: in the columns that begin as the key
    does, and an address where it speaks of nobody else."""
    own = key.removesuffix(OWN)
    is_alone = sum(other.endswith(OWN) for other in keys) == 1
    for column in view.live_columns:
        if column.data_type != "text":
            continue
        field = column.field["field_key"]
        said = (row[column.name] or "").replace(MARKER, "")  # of an earlier validation
        if field in ADDRESS and (is_alone or column.name.startswith(own)):
            words.take({field: said})
        elif column.name.startswith(own):
            words.take({"full_name" if field in WHOLE else field: said})


def clean_row(
    database: psycopg.Connection, source: Source, row: Mapping[str, object], words: Words
) -> None:
    """Take the words out of the cells; a heading such as `Item Price` is nobody's name."""
    cleaned = sql.SQL("cell.value::text")
    for expression, flags in words.replaced():
        cleaned = sql.SQL("regexp_replace({}, {}, {}, {})").format(
            cleaned, *map(sql.Literal, (expression, MARKER, flags))
        )
    assignments = [
        sql.SQL(
            "{payload} = coalesce((select json_object_agg(cell.key, {cleaned}::json"
            " order by cell.place) from json_each({payload}) with ordinality"
            " as cell (key, value, place)), {payload})"
        ).format(payload=sql.Identifier(payload), cleaned=cleaned)
        for payload in PAYLOADS
    ]
    # No parameters: the expressions have per cent signs.
    statement = sql.SQL("update {} set {} where import_batch_id = {} and row_number = {}").format(
        sql.Identifier(STAGING, source.landing),
        sql.SQL(", ").join(assignments),
        *map(sql.Literal, (row["import_batch_id"], row["row_number"])),
    )
    database.execute(statement)


def _forget_new_ids(
    database: psycopg.Connection,
    view: Relation,
    keys: Sequence[str],
    rows: Sequence[dict[str, object]],
) -> None:
    for key in keys:
        cleaned = [row for row in rows if row[key] in row["gone"]]
        database.execute(
            sql.SQL(
                """
                insert into core.forgotten_entities
                    (entity_id, forgotten_by, reason, correlation_id, created_by)
                select row.{key}, act.forgotten_by, %(reason)s, act.correlation_id, 'qios'
                from unnest(%(batches)s::uuid[], %(numbers)s::int8[], %(gone)s::uuid[])
                    as cleaned (batch, number, entity_id)
                inner join core.forgotten_entities as act on act.entity_id = cleaned.entity_id
                inner join {view} as row
                    on row.import_batch_id = cleaned.batch and row.row_number = cleaned.number
                where row.{key} is not null
                on conflict (entity_id) do nothing
                """
            ).format(key=sql.Identifier(key), view=sql.Identifier(view.schema, view.name)),
            {
                "reason": "the name of somebody forgotten was taken out of the row",
                "batches": [row["import_batch_id"] for row in cleaned],
                "numbers": [row["row_number"] for row in cleaned],
                "gone": [row[key] for row in cleaned],
            },
        )
