"""Cells of several values, where SQL asks a typed view for all that a row says."""

from collections.abc import Iterable, Sequence

from psycopg import sql

FURTHER_VALUES = "further_values"
"""The view's column with what such cells say beyond the first value: objects of column → text."""

WITH_FURTHER = sql.SQL(
    """
    values {} union all
    select part.* from jsonb_array_elements(row.further_values) as further
    cross join lateral (values {}) as part
    """
)


def values_said(
    lines: Iterable[Sequence[str | sql.Composable]], has_further: bool
) -> sql.Composable:
    """A query for these lines about `row`, a row of a typed view, and once more for each of its
    further values. A line names columns of the row, which are text; anything else stands as it is.

    has_further: whether the view has that column.
    """
    lines = list(lines)
    cells = _joined(lines, sql.SQL("row.{}"), sql.Identifier)
    if not has_further:
        return sql.SQL("values {}").format(cells)
    return WITH_FURTHER.format(cells, _joined(lines, sql.SQL("further ->> {}"), sql.Literal))


def _joined(
    lines: Iterable[Sequence[str | sql.Composable]],
    cell: sql.SQL,
    named: type[sql.Identifier] | type[sql.Literal],
) -> sql.Composable:
    return sql.SQL(", ").join(
        sql.SQL("({})").format(
            sql.SQL(", ").join(
                cell.format(named(item)) if isinstance(item, str) else item for item in line
            )
        )
        for line in lines
    )
