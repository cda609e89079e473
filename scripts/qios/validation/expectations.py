"""The expectations of a source, derived from its columns, their fields and its own rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from qios.intake.sources import Source
from qios.paths import project_root
from qios.registry.constraints import allowed_values
from qios.registry.model import Column, Registry, Relation
from qios.registry.seeds import SeedRow

ROW, BATCH = "row", "batch"
CANONICAL = {
    "digits": r"^[0-9]+$",
    "email": r"^[^@\s]+@[^@\s]+$",
    "e164": r"^\+[1-9][0-9]{1,14}$",
    "currency": r"^[A-Z]{3}$",
}
"""parse_format -> what a value that was read looks like. A date, say, is held to it by its type."""
INFALLIBLE = {"text"}
"""The parse_formats that read any text; every other one may fail."""


@dataclass(frozen=True)
class Expectation:
    """One thing that is expected of the rows of a typed view.

    code: its name in verdicts, and the problem code of rows. says: the same for people. kind:
    `matches` (argument: a pattern) and `one_of` (argument: the values) are about a column's
    values; `holds` is about `shown`, an SQL condition over a row, which becomes the column;
    `batch_holds` about `argument`, one over all rows of a batch. coded: whether the typed view
    itself gives a code to the rows that fail.
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
            "matches": "{} !~ %(argument)s",
            "one_of": "{} <> all(%(argument)s)",
            "holds": "not {}",
        }[self.kind]
        return sql.SQL(test).format(sql.Identifier(self.column))


@cache
def expectations_of(source: Source) -> tuple[Expectation, ...]:
    """All expectations of a source; their codes are distinct."""
    registry = Registry(project_root())
    view = registry.relations[f"staging.{source.view}"]
    shown = {column.name: column for column in view.live_columns}
    found = []
    for column in source.columns:
        if column["deprecated_at"]:
            continue
        found += _of_cells(column)
        if column["column_name"] in shown:
            found += _of_values(column, shown[column["column_name"]], registry, view)
    found += [
        _of_rule(rule)
        for rule in registry.seeds["qinexus.source_expectations"]
        if rule["source_key"] == source.key and not rule["deprecated_at"]
    ]
    return tuple(found)


def _of_cells(column: SeedRow) -> list[Expectation]:
    """What the typed view has tried with the cells, and says by its problem codes."""
    name, parse_format = column["column_name"], column["parse_format"]
    found = []
    if column.flag("required"):
        says = f"{name} is never empty"
        shown = sql.SQL("{} <> all(row.problem_codes)").format(sql.Literal(f"missing_value:{name}"))
        found.append(
            Expectation(f"missing_value:{name}", says, "holds", f"{name}__given", shown=shown)
        )
    if parse_format not in INFALLIBLE:
        says = f"every {name} can be read as {parse_format}"
        shown = sql.SQL(READ).format(sql.Literal(name))
        found.append(Expectation(f"unreadable:{name}", says, "holds", f"{name}__read", shown=shown))
    return found


# Most rows have no problem at all; the codes of the others are such as `invalid_date:birth_date`.
READ = """(
    cardinality(row.problem_codes) = 0 or not exists (
        select from unnest(row.problem_codes) as code
        where split_part(code, ':', 2) = {} and code not like 'missing_value:%%'
    )
)"""


def _of_values(
    column: SeedRow, shown: Column, registry: Registry, view: Relation
) -> list[Expectation]:
    """What the values are held to, whoever read them: a canonical form, what the field allows."""
    name, pattern = shown.name, CANONICAL.get(column["parse_format"])
    found = []
    if shown.data_type != "text":
        return found
    if pattern:
        says = f"every {name} that was read has the canonical form {pattern}"
        code = f"not_canonical:{name}"
        found.append(Expectation(code, says, "matches", name, pattern, coded=False))
    if values := allowed_values(registry, view, shown):
        says = f"every {name} is one of {', '.join(values)}"
        code = f"not_allowed:{name}"
        found.append(Expectation(code, says, "one_of", name, list(values), coded=False))
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
    jsonb_build_array(row.import_batch_id, {row})::text not in (
        select jsonb_build_array(told.import_batch_id, {told})::text from {relation} as told
        where told.import_batch_id = any(%(batches)s) and ({condition}) is false
    )
)"""


def _columns(relation: str, names: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(relation, name) for name in names)
