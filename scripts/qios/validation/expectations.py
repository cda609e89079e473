"""The expectations of a source, derived from its columns, their fields and its own rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from qios.intake.sources import Source
from qios.paths import project_root
from qios.registry.constraints import allowed_values
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow

ROW, BATCH = "row", "batch"
CANONICAL = {
    "digits": r"^[0-9]+$",
    "email": r"^[^@\s]+@[^@\s]+$",
    "e164": r"^\+[1-9][0-9]{1,14}$",
    "currency": r"^[A-Z]{3}$",
}
"""parse_format -> what a value that was read looks like. A date, say, is held to it by its type."""
FALLIBLE = {"text"}
"""The parse_formats that read any text; every other one may fail."""


@dataclass(frozen=True)
class Expectation:
    """One thing that is expected of the rows of a typed view.

    code: its name in verdicts, and the problem code of rows. says: the same for people. kind:
    `filled`, `matches` (argument: a pattern) and `one_of` (argument: the values) are about a
    column's values; `holds` is about `shown`, an SQL condition over a row; `batch_holds` about
    `argument`, one over all rows of a batch. coded: whether the typed view gives the code to the
    rows that fail.
    """

    code: str
    says: str
    kind: str
    column: str = ""
    argument: object = None
    shown: sql.Composable | None = None
    coded: bool = True

    @property
    def scope(self) -> str:
        return BATCH if self.kind == "batch_holds" else ROW

    @property
    def failing(self) -> sql.Composable:
        """The rows that break it, as a condition with the parameter `argument`; not of a batch."""
        test = {
            "filled": "{} is null",
            "matches": "{} !~ %(argument)s",
            "one_of": "{} <> all(%(argument)s)",
            "holds": "not {}",
        }[self.kind]
        return sql.SQL(test).format(sql.Identifier(self.column))


@cache
def expectations_of(source: Source) -> tuple[Expectation, ...]:
    """All expectations of a source; their codes are distinct."""
    registry = Registry(project_root())
    found = [
        expectation
        for column in source.columns
        if not column["deprecated_at"]
        for expectation in _of_column(column)
    ]
    found += _of_fields(registry, source)
    found += [
        _of_rule(rule)
        for rule in registry.seeds["qinexus.source_expectations"]
        if rule["source_key"] == source.key and not rule["deprecated_at"]
    ]
    return tuple(found)


def _of_column(column: SeedRow) -> list[Expectation]:
    name, parse_format = column["column_name"], column["parse_format"]
    found = []
    if column.flag("required"):
        found.append(Expectation(f"missing_value:{name}", f"{name} is never empty", "filled", name))
    if parse_format not in FALLIBLE:
        found.append(
            Expectation(
                f"unreadable:{name}",
                f"every {name} can be read as {parse_format}",
                "holds",
                f"{name}__read",
                shown=sql.SQL(UNREADABLE).format(sql.Literal(name)),
            )
        )
    if pattern := CANONICAL.get(parse_format):
        found.append(
            Expectation(
                f"not_canonical:{name}",
                f"every {name} that was read has the canonical form {pattern}",
                "matches",
                name,
                pattern,
                coded=False,
            )
        )
    return found


# Most rows have no problem at all; the codes of the others are `invalid_date:birth_date`.
UNREADABLE = """(
    cardinality(row.problem_codes) = 0 or not exists (
        select from unnest(row.problem_codes) as code
        where split_part(code, ':', 2) = {} and code not like 'missing_value:%%'
    )
)"""


def _of_fields(registry: Registry, source: Source) -> list[Expectation]:
    """A column of the typed view holds what its field allows."""
    view = registry.relations.get(f"staging.{source.view}")
    own = {column["column_name"] for column in source.columns}
    found = []
    for column in view.live_columns if view else ():
        values = allowed_values(registry, view, column)
        if column.name in own and values and column.data_type == "text":
            says = f"every {column.name} is one of {', '.join(values)}"
            code = f"not_allowed:{column.name}"
            found.append(Expectation(code, says, "one_of", column.name, list(values), coded=False))
    return found


def _of_rule(rule: SeedRow) -> Expectation:
    code, says = rule["expectation_key"], rule["description"]
    condition = sql.SQL(rule["rule"].replace("%", "%%"))
    if rule["applies_to"] == BATCH:
        return Expectation(code, says, "batch_holds", argument=rule["rule"], coded=False)
    column = f"rule__{code}"
    if rule["applies_to"] == ROW:
        shown = sql.SQL("({})").format(condition)
        return Expectation(code, says, "holds", column, shown=shown)
    shown = sql.SQL(TOGETHER).format(
        relation=sql.Identifier("staging", rule["relation"]),
        condition=condition,
        told=_columns("told", rule.items("matched_by")),
        row=_columns("row", rule.items("matched_by")),
    )
    return Expectation(code, says, "holds", column, shown=shown, coded=False)


# `not in` over what breaks the rule is answered from one reading of the other view,
#  however many rows there are.
TOGETHER = """(
    jsonb_build_array({row})::text not in (
        select jsonb_build_array({told})::text from {relation} as told
        where told.import_batch_id = %(batch)s and ({condition}) is false
    )
)"""


def _columns(relation: str, names: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(relation, name) for name in names)
