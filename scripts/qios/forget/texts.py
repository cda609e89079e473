"""A person's words, taken out of every text and JSON column of the database."""

import uuid
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from qios.forget.words import MARKER, SINGLE, Words
from qios.registry.model import STAGING, Column, Registry, Relation
from qios.registry.seeds import seed_of

READ = ("text", "text[]", "json", "jsonb")
NAMES = ("name", "legal_name", "display_name", "full_name", *SINGLE)
RECORDS = ("core.entities", "core.people", "core.organizations")
FILES, TEXTS, JOURNAL = "qinexus.files", "qinexus.extracted_text", "core.audit_events"
READ_VALUES = "qinexus.normalized_values"
BETWEEN_IN_JSON, BETWEEN_IN_TEXT = 6, 2
SHOWN = 5
KEYS_FROM_NAMES = ("tag_key",)
"""Fields of keys that are made from a name; other keys and words of a list name no person."""


@dataclass(frozen=True)
class Place:
    """Texts of a table; `kept` are columns in which other records say their own name."""

    relation: Relation
    columns: list[Column]
    kept: list[Column]

    @property
    def name(self) -> sql.Identifier:
        return sql.Identifier(self.relation.schema, self.relation.name)


def places(registry: Registry) -> list[Place]:
    """Every table that is not the image of a seed; files and the journal of changes come last."""
    found = []
    for relation in registry.relations.values():
        image = seed_of(relation.full_name) in registry.relations
        texts = [column for column in relation.live_columns if _is_free(column)]
        if relation.kind == "table" and not image and texts:
            kept = [
                column
                for column in texts
                if relation.full_name in RECORDS and column.field["field_key"] in NAMES
            ]
            columns = [column for column in texts if column not in kept]
            found.append(Place(relation, columns, kept))
    last = (FILES, JOURNAL)
    return sorted(found, key=lambda at: [at.relation.full_name == name for name in reversed(last)])


def _is_free(column: Column) -> bool:
    """Whether people's words can stand there."""
    if column.data_type not in READ or column.references or column.usage["status_group"]:
        return False
    field = column.field
    is_key = field["canonical_format"] == "snake_case" or field["allowed_values"]
    return not is_key or field["field_key"] in KEYS_FROM_NAMES


def note_texts(database: psycopg.Connection, words: Words, found: list[Place]) -> None:
    """Add staged rows, and files whose text or path names the person, to forgotten_staged."""
    for place in found:
        relation = place.relation
        if relation.family == STAGING:
            which = "source_file_id, import_batch_id, row_number, false from {}"
        elif relation.full_name == TEXTS:
            which = (
                "(select file_id from qinexus.file_versions where id = file_version_id),"
                " null::uuid, page_number::bigint, false from {}"
            )
        elif relation.full_name == FILES:
            which = "id, null::uuid, null::bigint, false from {}"
        else:
            continue
        condition = _any_names(place.columns, words)
        database.execute(
            sql.SQL("insert into forgotten_staged select " + which + " where {}").format(
                place.name, condition
            )
        )


def redact(
    database: psycopg.Connection, words: Words, found: list[Place], everywhere: bool
) -> dict[str, int]:
    """Replace the words wherever a text names the person: table -> rows.

    everywhere: also where one word of the name stands alone, and in the names of other records.
    """
    redacted = {}
    for place in found:
        columns = [*place.columns, *(place.kept if everywhere else [])]
        if not columns:
            continue
        condition = _any_names(columns, words, everywhere)
        if place.relation.full_name == READ_VALUES:
            statement = sql.SQL("delete from {} where {}").format(place.name, condition)
        else:
            statement = sql.SQL("update {} set {} where {}").format(
                place.name, _assignments(place.relation, columns, words, everywhere), condition
            )
        if rows := database.execute(statement).rowcount:
            redacted[place.relation.full_name] = rows
    return redacted


def still_named(
    database: psycopg.Connection, words: Words, found: list[Place]
) -> list[dict[str, Any]]:
    """Where a word of the person still stands: {table, column, rows, ids}, at most SHOWN ids."""
    left = []
    for place in found:
        columns = [*place.columns, *place.kept]
        staged = place.relation.family == STAGING
        key = "import_batch_id::text || ' row ' || row_number" if staged else "id::text"
        told = sql.SQL(", ").join(
            sql.SQL(
                "count(*) filter (where {named}),"
                " (array_agg({key}) filter (where {named}))[:{shown}]"
            ).format(named=_names(column, words, everywhere=True), key=sql.SQL(key), shown=SHOWN)
            for column in columns
        )
        condition = _any_names(columns, words, everywhere=True)
        counted = database.execute(
            sql.SQL("select {} from {} where {}").format(told, place.name, condition)
        ).fetchone()
        for column, rows, ids in zip(columns, counted[::2], counted[1::2], strict=True):
            if rows:
                name = place.relation.full_name
                left.append({"table": name, "column": column.name, "rows": rows, "ids": ids})
    return left


def forget_images(database: psycopg.Connection, act: uuid.UUID) -> int:
    """Empty the images of rows that are gone, and of everything that this act changed."""
    return database.execute(
        """
        update core.audit_events set before_image = null, after_image = null
        where (before_image is not null or after_image is not null) and (
            correlation_id = %s
            or (target_schema || '.' || target_table, target_id)
                in (select table_name, id from forgotten_rows)
        )
        """,
        [act],
    ).rowcount


def _any_names(columns: list[Column], words: Words, everywhere: bool = False) -> sql.Composable:
    return sql.SQL(" or ").join(_names(column, words, everywhere) for column in columns)


def _names(column: Column, words: Words, everywhere: bool = False) -> sql.Composable:
    """Whether a column's text names the person."""
    in_json = _is_json(column)
    expression = words.naming(BETWEEN_IN_JSON if in_json else BETWEEN_IN_TEXT)
    single = words.single(in_json=in_json) if everywhere else ""
    both = "|".join(filter(None, (expression, single)))
    if not both:  # which would be found in any text
        return sql.SQL("false")
    hints = words.hinting(everywhere=everywhere)
    return sql.SQL("coalesce({name}::text ~* {hints} and {name}::text ~* {both}, false)").format(
        name=sql.Identifier(column.name), hints=sql.Literal(hints), both=sql.Literal(both)
    )


def _is_json(column: Column) -> bool:
    return column.data_type.startswith("json")


def _assignments(
    relation: Relation, columns: list[Column], words: Words, everywhere: bool
) -> sql.Composable:
    names = {column.name for column in relation.live_columns}
    touched = [sql.SQL("updated_at = now()")] if "updated_at" in names else []
    return sql.SQL(", ").join(
        [
            *(
                sql.SQL("{name} = case when {found} then {cleaned}::{type} else {name} end").format(
                    name=sql.Identifier(column.name),
                    found=_names(column, words, everywhere),
                    cleaned=_cleaned(relation, column, words),
                    type=sql.SQL(column.data_type),
                )
                for column in columns
            ),
            *touched,
        ]
    )


def _cleaned(relation: Relation, column: Column, words: Words) -> sql.Composable:
    """The text without the words. In a unique column the marker tells the row, too."""
    marker = sql.Literal(MARKER)
    if column.usage["unique"]:
        marker = sql.SQL("'[forgotten ' || left(id::text, 8) || ']'")
    cleaned = sql.SQL("{}::text").format(sql.Identifier(column.name))
    for expression, flags in words.replaced(in_json=_is_json(column)):
        cleaned = sql.SQL("regexp_replace({}, {}, {}, {})").format(
            cleaned, sql.Literal(expression), marker, sql.Literal(flags)
        )
    return sql.SQL("({})").format(cleaned)
