"""The columns that each output column of a compiled select takes its value from.

A column that only decides (a filter, a join, the condition of a `case`) gives no value. One that
goes through a digest gives an identity: equal in, equal out, and not to be read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope

# How a value came to be, the plainest first; of several ways the plainest counts.
COPIED, DERIVED, MASKED, IDENTITY = KINDS = ("copied", "derived", "masked", "identity")
PAYLOAD_FUNCTION = "json_to_record"

Column = tuple[str, str, str]  # schema, table, column
Relations = dict[str, dict[str, list[str]]]  # schema → table → columns
Flows = dict[str, dict[Column, str]]  # output column → its sources, each with the kind


class UnreadableModel(Exception):
    """sqlglot cannot read the SQL, or cannot tell which relation a column is of."""


def flows(sql: str, relations: Relations, view: tuple[str, str], markers: set[str]) -> Flows:
    """Output column → what it is made of.

    view: schema and table of the relation that the SQL fills, whose own
    columns stand for the cells that it reads out of a payload. markers: texts that stand in place
    of what was redacted; an expression that puts one in masks its columns.
    """
    import sqlglot
    from sqlglot.errors import SqlglotError
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    try:
        tree = sqlglot.parse_one(sql, dialect="postgres")
        database = _without_payloads(tree, view)
        known = {
            database: {
                schema: {table: dict.fromkeys(columns, "text") for table, columns in tables.items()}
                for schema, tables in relations.items()
            }
        }
        tree = qualify(tree, dialect="postgres", schema=known, validate_qualify_columns=False)
        return _Reader(markers).outputs(build_scope(tree))
    except SqlglotError as error:
        raise UnreadableModel(str(error).splitlines()[0]) from error


def _without_payloads(tree: exp.Expression, view: tuple[str, str]) -> str:
    """Replaces each step that takes cells out of a payload by a select from the view itself: what
    a cell may hold is said by the registry, of the column that it is read into. Returns the
    database that the SQL names."""
    from sqlglot import exp

    database = next((table.catalog for table in tree.find_all(exp.Table) if table.catalog), "")
    for step in tree.find_all(exp.CTE):
        called = {call.name.lower() for call in step.find_all(exp.Anonymous)}
        if PAYLOAD_FUNCTION in called:
            columns = (exp.column(name, quoted=True) for name in step.this.named_selects)
            relation = exp.table_(view[1], db=view[0], catalog=database, quoted=True)
            step.set("this", exp.select(*columns).from_(relation))
    return database


class _Reader:
    """Walks the scopes of a qualified select; each scope is read once."""

    def __init__(self, markers: set[str]) -> None:
        self.markers = markers
        self.read: dict[int, Flows] = {}

    def outputs(self, scope: Scope) -> Flows:
        if id(scope) not in self.read:
            self.read[id(scope)] = self._outputs(scope)
        return self.read[id(scope)]

    def _outputs(self, scope: Scope) -> Flows:
        from sqlglot import exp

        if scope.set_operation_scopes:
            first, *others = (self.outputs(branch) for branch in scope.set_operation_scopes)
            for other in others:
                for sources, more in zip(first.values(), other.values(), strict=True):
                    _add(sources, more)
            return first
        if isinstance(scope.expression, exp.UDTF):
            return self._of_table_function(scope)
        return {
            projection.alias_or_name: self._sources(scope, projection)
            for projection in getattr(scope.expression, "selects", ())
        }

    def _of_table_function(self, scope: Scope) -> Flows:
        """`(values (a, b), (c, d)) as named (x, y)`: x is made of a and c. A lateral select is read
        as any other, and what a function makes of its arguments it makes all columns of."""
        from sqlglot import exp

        names = scope.expression.alias_column_names
        values = scope.expression.find(exp.Values)
        if values is not None:
            found: Flows = {name: {} for name in names}
            for row in values.expressions:
                for sources, cell in zip(found.values(), row.expressions, strict=True):
                    _add(sources, self._sources(scope, cell))
            return found
        inner = (*scope.derived_table_scopes, *scope.subquery_scopes)
        if inner:
            return self.outputs(inner[0])
        made_of = {
            source: max(DERIVED, kind, key=KINDS.index)
            for source, kind in self._sources(scope, scope.expression).items()
        }
        return dict.fromkeys(names, made_of)

    def _sources(self, scope: Scope, expression: exp.Expression) -> dict[Column, str]:
        from sqlglot import exp

        found: dict[Column, str] = {}
        for column in expression.find_all(exp.Column):
            kind = _kind(column, expression, self.markers)
            if kind is not None:
                for source, earlier in self._origin(scope, column):
                    _add(found, {source: max(kind, earlier, key=KINDS.index)})
        for query in expression.find_all(exp.Subquery):
            inner = next((s for s in scope.subquery_scopes if s.expression is query.this), None)
            for sources in self.outputs(inner).values() if inner else ():
                _add(
                    found,
                    {
                        source: max(DERIVED, kind, key=KINDS.index)
                        for source, kind in sources.items()
                    },
                )
        return found

    def _origin(self, scope: Scope, column: exp.Column) -> Iterator[tuple[Column, str]]:
        from sqlglot import exp

        holder: Any = scope
        while holder is not None and column.table not in holder.sources:
            holder = holder.parent  # of a lateral or correlated query
        source = holder.sources[column.table] if holder is not None else None
        if isinstance(source, exp.Table):
            if source.db:
                yield (source.db, source.name, column.name), COPIED
        elif source is not None:
            yield from self.outputs(source).get(column.name, {}).items()


def _add(found: dict[Column, str], more: dict[Column, str]) -> None:
    for source, kind in more.items():
        found[source] = min(kind, found.get(source, kind), key=KINDS.index)


def _kind(column: exp.Column, top: exp.Expression, markers: set[str]) -> str | None:
    """How the column's value gets into the expression; None where it only decides."""
    from sqlglot import exp

    given = {
        exp.Case: {"ifs", "default"},
        exp.If: {"true", "false"},
        exp.Filter: {"this"},
        exp.Order: {"this"},
        exp.Window: {"this"},
    }
    passed_on = exp.Alias | exp.Case | exp.Cast | exp.Coalesce | exp.If | exp.Nullif | exp.Paren
    kind, node = COPIED, column
    while node is not top:
        above = node.parent
        if isinstance(above, exp.Subquery | exp.Select):
            return None  # read as a scope of its own
        if isinstance(above, exp.Predicate) or node.arg_key not in given.get(
            type(above), {node.arg_key}
        ):
            return None
        if isinstance(above, exp.MD5 | exp.SHA | exp.SHA2):
            kind = IDENTITY
        elif not isinstance(above, passed_on):
            masks = any(text.name in markers for text in above.find_all(exp.Literal))
            kind = max(kind, MASKED if masks else DERIVED, key=KINDS.index)
        node = above
    return kind
