"""A value is given for a column of a row, or taken back: the row and core.corrections at once."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qios.audit.act import acting
from qios.corrections.places import allowed_text, corrected_columns
from qios.errors import Findings
from qios.gate import clean_text
from qios.person import person
from qios.registry.model import Column, Relation

ALONE = "lock table core.corrections in share row exclusive mode"
"""Waits for an import that is about to write a table with corrections, and keeps others out."""

STANDING = """
    target_schema = %(schema)s and target_table = %(table)s and target_id = %(id)s
        and withdrawn_at is null and column_name = any(%(columns)s)
"""
NOW_SAID = sql.SQL(
    """
    (
        select coalesce(word.source_values -> {column}, 'null')
        from qinexus.source_values as word where word.id = %(id)s and {column} = any(%(fed)s)
    )
    """
)


@dataclass(frozen=True)
class Changed:
    """One column of a row: what stood there, and what stands there now, as JSON texts."""

    column: str
    before: str
    after: str


def correct(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    given: Mapping[str, str | None],
    reason: str,
) -> list[Changed]:
    """Give columns of a row values that stand until they are withdrawn.

    given: column -> the value as text, or None for an empty column; PostgreSQL reads it by the
    column's type. database: an autocommit connection. Raises UsageError for a column that is not to
    be corrected, Findings for a row that is not there and for a value that does not fit.
    """
    columns = corrected_columns(relation, given)
    for name, value in given.items():
        if value is not None and clean_text(value) != value:
            raise Findings(
                f"{relation.full_name}.{name}: the value looks like a secret (R1403)",
                "keep it in a password manager; `qios vault export` moves exported ones there",
            )
    with acting(database, "correct", clean_text(reason)):
        database.execute(ALONE)
        before = _json_of(database, relation, row_id, columns)
        if before is None:
            raise _no_row(relation, row_id)
        bound = _bound(relation, row_id, columns)
        replaced = _withdraw_rows(database, bound)
        after = _set(database, relation, row_id, columns, given)
        for name in columns:
            earlier = replaced.get(name, {"earlier": before[name]})
            _keep(database, bound, name, earlier, after[name], clean_text(reason))
    return [Changed(name, before[name], after[name]) for name in columns]


def withdraw(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    names: Iterable[str],
    reason: str,
) -> list[Changed]:
    """Take the corrections of these columns back, or all of the row where none is named.

    A source that said something new meanwhile is heard; otherwise what stood there before comes
    back. Raises Findings where nothing is to be withdrawn.
    """
    names = list(names) or [column.name for column in relation.live_columns]
    with acting(database, "withdraw_correction", clean_text(reason)):
        database.execute(ALONE)
        columns = {column.name: column for column in relation.live_columns if column.name in names}
        bound = _bound(relation, row_id, columns)
        withdrawn = _withdraw_rows(database, bound)
        if not withdrawn:
            raise Findings(
                f"{relation.full_name} {row_id}: no correction of it stands",
                "`qios corrections` lists those that do",
            )
        columns = {name: columns[name] for name in withdrawn}
        before = _json_of(database, relation, row_id, columns)
        if before is None:  # the row is gone, and with it what could be set back
            return []
        back = {name: row["back"] for name, row in withdrawn.items()}
        _set_json(database, relation, row_id, back)
        after = _json_of(database, relation, row_id, columns)
    return [Changed(name, before[name], after[name]) for name in columns]


def _bound(
    relation: Relation, row_id: uuid.UUID, columns: Mapping[str, Column]
) -> dict[str, object]:
    return {
        "schema": relation.schema,
        "table": relation.name,
        "id": row_id,
        "columns": list(columns),
        "fed": [name for name, column in columns.items() if column.written_by == "dbt"],
        "by": person(),
    }


def _no_row(relation: Relation, row_id: uuid.UUID) -> Findings:
    return Findings(
        f"{relation.full_name}: no row has the id {row_id}",
        "give the column `id` of the row; `qios db psql` finds it",
    )


def _json_of(
    database: psycopg.Connection, relation: Relation, row_id: uuid.UUID, columns: Iterable[str]
) -> dict[str, str] | None:
    """Column -> JSON text of what the row holds, the row locked; None where there is no row."""
    values = sql.SQL(", ").join(
        sql.SQL("coalesce(to_jsonb({}), 'null')::text").format(sql.Identifier(name))
        for name in columns
    )
    row = database.execute(
        sql.SQL("select {} from {} where id = %s for update").format(values, _name(relation)),
        [row_id],
    ).fetchone()
    return None if row is None else dict(zip(columns, row, strict=True))


def _set(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    columns: Mapping[str, Column],
    given: Mapping[str, str | None],
) -> dict[str, str]:
    """Write the values; column -> JSON text of what PostgreSQL made of each."""
    assignments = [
        sql.SQL("{} = cast({} as {})").format(
            sql.Identifier(name), sql.Placeholder(name), sql.SQL(column.data_type)
        )
        for name, column in columns.items()
    ]
    try:
        _update(database, relation, row_id, assignments, given)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        said = error.diag.message_primary or "the value does not fit"
        rule = error.diag.constraint_name or "type and not null"
        raise Findings(
            f"{relation.full_name}, {', '.join(columns)}: {said} ({rule}, R0705)",
            allowed_text(relation, columns),
        ) from error
    return _json_of(database, relation, row_id, columns)


def _set_json(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    values: Mapping[str, str],
) -> None:
    """Write values that are given as JSON texts."""
    together = "{" + ", ".join(f"{json.dumps(k)}: {value}" for k, value in values.items()) + "}"
    assignments = [
        sql.SQL("{name} = (jsonb_populate_record(null::{table}, %(values)s::jsonb)).{name}").format(
            name=sql.Identifier(name), table=_name(relation)
        )
        for name in values
    ]
    _update(database, relation, row_id, assignments, {"values": together})


def _update(
    database: psycopg.Connection,
    relation: Relation,
    row_id: uuid.UUID,
    assignments: Sequence[sql.Composable],
    values: Mapping[str, object],
) -> None:
    names = {column.name for column in relation.live_columns}
    touched = [sql.SQL("updated_at = now()")] if "updated_at" in names else []
    if "updated_by" in names:
        touched.append(sql.SQL("updated_by = {}").format(sql.Literal(person())))
    statement = sql.SQL("update {} set {} where id = {}").format(
        _name(relation), sql.SQL(", ").join([*assignments, *touched]), sql.Literal(row_id)
    )
    database.execute(statement, dict(values))


def _withdraw_rows(
    database: psycopg.Connection, bound: Mapping[str, object]
) -> dict[str, dict[str, str | None]]:
    """Withdraw what stands: column -> {earlier, said, back} as JSON texts.

    back: what the row gets where no other correction follows.
    """
    now_said = NOW_SAID.format(column=sql.SQL("correction.column_name"))
    statement = sql.SQL(
        """
        update core.corrections as correction set withdrawn_at = now(), withdrawn_by = %(by)s
        where {}
        returning column_name, earlier_value::text, said_value::text,
            case when coalesce({now_said} <> said_value, {now_said} is not null)
                then {now_said} else earlier_value end::text
        """
    ).format(sql.SQL(STANDING), now_said=now_said)
    return {
        column: {"earlier": earlier, "said": said, "back": back}
        for column, earlier, said, back in database.execute(statement, bound)
    }


def _keep(
    database: psycopg.Connection,
    bound: Mapping[str, object],
    column: str,
    earlier: Mapping[str, str | None],
    value: str,
    reason: str,
) -> None:
    """Keep the correction; one that replaces another goes back to what stood before both."""
    said = (
        sql.SQL("%(said)s::jsonb")
        if "said" in earlier
        else NOW_SAID.format(column=sql.SQL("%(column)s"))
    )
    database.execute(
        sql.SQL(
            """
            insert into core.corrections (target_schema, target_table, target_id, column_name,
                corrected_value, earlier_value, said_value, reason, corrected_by, created_by)
            values (%(schema)s, %(table)s, %(id)s, %(column)s, %(value)s::jsonb,
                %(earlier)s::jsonb, {}, %(reason)s, %(by)s, %(by)s)
            """
        ).format(said),
        {**bound, **earlier, "column": column, "value": value, "reason": reason},
    )


def _name(relation: Relation) -> sql.Identifier:
    return sql.Identifier(relation.schema, relation.name)
