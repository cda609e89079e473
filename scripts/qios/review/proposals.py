"""What a staged row becomes: the keys of its typed view, and the records that they lead to.

The registry says so: a key of a typed view `references` the column that knows the record by it. A
row is the record of its first key that is not null; an account of a book has no transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from qios.errors import Findings
from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.paths import project_root
from qios.registry.model import Registry


@dataclass(frozen=True)
class Target:
    """`key` is a column of the typed view; `column` of `schema.table` holds the same ids."""

    key: str
    schema: str
    table: str
    column: str


@cache
def targets(source: Source) -> tuple[Target, ...]:
    """The records that a row of the source may be, the likeliest first."""
    view = Registry(project_root()).relations[f"{STAGING}.{source.view}"]
    found = tuple(
        Target(column.name, *column.references.split("."))
        for column in view.live_columns
        if column.references
    )
    if not found:
        raise Findings(
            f"{view.full_name}: no column says which record a row becomes",
            "let the column that holds its id reference the key of its table, in "
            "seeds/qieos/qieos__seed_field_usages.csv",
        )
    return found


def proposal(source: Source) -> dict[str, sql.Composable]:
    """Expressions over a row of the typed view: target_schema, target_table, and target_id, which
    is null where there is no such record yet."""
    found = targets(source)
    schemas = [sql.Literal(target.schema) for target in found]
    tables = [sql.Literal(target.table) for target in found]
    return {
        "target_schema": _of_first_key(found, schemas, schemas[0]),
        "target_table": _of_first_key(found, tables, tables[0]),
        "target_id": _of_first_key(found, [_held(target) for target in found], sql.NULL),
    }


def _of_first_key(
    found: Sequence[Target], values: Sequence[sql.Composable], otherwise: sql.Composable
) -> sql.Composable:
    """The value that belongs to the first key that is not null."""
    cases = [
        sql.SQL("when row.{} is not null then {}").format(sql.Identifier(target.key), value)
        for target, value in zip(found, values, strict=True)
    ]
    return sql.SQL("case {} else {} end").format(sql.SQL(" ").join(cases), otherwise)


def _held(target: Target) -> sql.Composable:
    """The id of the record there, by a lookup of its form: the planner's guess decides nothing."""
    return sql.SQL("(select target.id from {} as target where target.{} = row.{})").format(
        sql.Identifier(target.schema, target.table),
        sql.Identifier(target.column),
        sql.Identifier(target.key),
    )
