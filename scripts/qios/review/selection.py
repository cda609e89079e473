"""Which staged rows a person means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from qios.errors import UsageError
from qios.intake.sources import Source, reviewed_sources
from qios.paths import project_root
from qios.registry.model import Registry

UNDECIDED = ("pending", "needs_review")
UNFINISHED = (*UNDECIDED, "approved", "promoting")

OPEN = ("waiting", "assigned")
"""The statuses of an item of the queue that nobody has decided about."""

LINKED = "linked"
"""Stands where other items say why they wait: the policy of a source has decided."""

SHORT_ID = 8
"""So many letters of an id are shown, and tell one from another."""


@dataclass(frozen=True)
class Selection:
    """A filter over staged rows; what is not given does not restrict.

    batch: the beginning of a batch id. rows: row numbers as `3,5-9`. statuses: review statuses.
    Of items of the queue: reason: why they wait. assignee: who is to decide. items: beginnings of
    their ids. linked: what the policies of sources linked, in place of what waits.
    """

    source: str | None = None
    batch: str | None = None
    rows: str | None = None
    problem: str | None = None
    statuses: tuple[str, ...] = ()
    reason: str | None = None
    assignee: str | None = None
    items: tuple[str, ...] = ()
    linked: bool = False

    def __post_init__(self) -> None:
        if self.linked and any(
            (
                *(self.source, self.batch, self.rows, self.problem, self.statuses, self.reason),
                self.assignee,
            )
        ):
            raise UsageError(
                "--linked goes with no other choice: a link is about two entities, not about rows",
                "leave out either; `--limit` takes the most doubtful links",
            )

    def restricts(self) -> bool:
        return bool(
            self.source
            or self.batch
            or self.rows
            or self.problem
            or self.statuses
            or self.names_items()
        )

    def names_items(self) -> bool:
        """Whether it goes by what only the queue knows, so that the rows are found there."""
        return bool(self.reason or self.assignee or self.items or self.linked)

    def sources(self) -> list[Source]:
        known = {source.key: source for source in reviewed_sources()}
        if self.source is None:
            return list(known.values())
        if self.source not in known:
            raise UsageError(
                f"no source is called {self.source!r}", f"choose one of {', '.join(sorted(known))}"
            )
        return [known[self.source]]

    def condition(self) -> tuple[sql.Composable, dict[str, object]]:
        """An SQL condition over the typed view `row`, and its parameters."""
        conditions, values = self._common("row")
        if self.statuses:
            _require(self.statuses, "review status", _review_statuses())
            conditions.append(sql.SQL("row.review_status = any(%(statuses)s)"))
            values["statuses"] = list(self.statuses)
        return sql.SQL(" and ").join(conditions), values

    def item_condition(self) -> tuple[sql.Composable, dict[str, object]]:
        """An SQL condition over qiaccess.classification_queue `item`, and its parameters: open
        items, or the very ones that are named."""
        conditions, values = self._common("item")
        if self.source:
            self.sources()
            conditions.append(sql.SQL("item.source_system = %(source)s"))
            values["source"] = self.source
        if self.reason:
            _require([self.reason], "reason to wait", _allowed("waiting_reason"))
            conditions.append(sql.SQL("item.waiting_reason = %(reason)s"))
            values["reason"] = self.reason
        if self.linked:
            conditions.append(sql.SQL("item.waiting_reason = {}").format(LINKED))
        if self.assignee:
            conditions.append(sql.SQL("item.assigned_to = %(assignee)s"))
            values["assignee"] = self.assignee
        if self.items:
            conditions.append(sql.SQL("item.id::text like any(%(items)s)"))
            values["items"] = [id_prefix(text, "an item") + "%" for text in self.items]
        else:
            conditions.append(sql.SQL("item.status = any(%(open)s)"))
            values["open"] = list(OPEN)
        return sql.SQL(" and ").join(conditions), values

    def _common(self, name: str) -> tuple[list[sql.Composable], dict[str, object]]:
        """What rows and items have in common: batch, number and problem codes."""
        conditions: list[sql.Composable] = [sql.SQL("true")]
        values: dict[str, object] = {}
        of = sql.Identifier(name)
        if self.batch:
            conditions.append(sql.SQL("{}.import_batch_id::text like %(batch)s").format(of))
            values["batch"] = batch_prefix(self.batch) + "%"
        if self.rows:
            conditions.append(sql.SQL("{}.row_number <@ any(%(rows)s::int8range[])").format(of))
            values["rows"] = row_ranges(self.rows)
        if self.problem:
            has_code = sql.SQL(
                """exists (
                    select from unnest({}.problem_codes) as code
                    where code = %(problem)s or split_part(code, ':', 1) = %(problem)s
                )"""
            )
            conditions.append(has_code.format(of))
            values["problem"] = self.problem
        return conditions, values


def _review_statuses() -> list[str]:
    return Registry(project_root()).statuses["review_status"]


def _allowed(field: str) -> tuple[str, ...]:
    return Registry(project_root()).fields[field].items("allowed_values")


def _require(given: Sequence[str], what: str, known: Sequence[str]) -> None:
    for word in given:
        if word not in known:
            raise UsageError(f"no {what} is called {word!r}", f"choose one of {', '.join(known)}")


def row_ranges(text: str) -> list[str]:
    """`3,5-9` as int8range literals. Raises UsageError for anything else."""
    ranges = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d+)(?:-(\d+))?\s*", part)
        if not found or int(found[2] or found[1]) < int(found[1]):
            raise UsageError(
                f"{text!r} does not name rows", "write row numbers and ranges such as 3,5-9"
            )
        ranges.append(f"[{found[1]},{found[2] or found[1]}]")
    return ranges


def batch_prefix(text: str) -> str:
    """The beginning of a batch id as it is stored. Raises UsageError for anything else."""
    return id_prefix(text, "a batch")


def id_prefix(text: str, of: str) -> str:
    """The beginning of an id as it is stored. Raises UsageError for anything else."""
    if not re.fullmatch(r"[0-9a-fA-F-]{8,36}", text):
        raise UsageError(
            f"{text!r} is not {of} id", "give the 8 letters that `qios review list` shows"
        )
    return text.lower()
