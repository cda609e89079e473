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


@dataclass(frozen=True)
class Selection:
    """A filter over staged rows; what is not given does not restrict.

    batch: the beginning of a batch id. rows: row numbers as `3,5-9`. statuses: review statuses.
    """

    source: str | None = None
    batch: str | None = None
    rows: str | None = None
    problem: str | None = None
    statuses: tuple[str, ...] = ()

    def restricts(self) -> bool:
        return any((self.source, self.batch, self.rows, self.problem, self.statuses))

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
        conditions: list[str] = ["true"]
        values: dict[str, object] = {}
        if self.batch:
            conditions.append("row.import_batch_id::text like %(batch)s")
            values["batch"] = batch_prefix(self.batch) + "%"
        if self.rows:
            conditions.append("row.row_number <@ any(%(rows)s::int8range[])")
            values["rows"] = row_ranges(self.rows)
        if self.problem:
            conditions.append(
                "exists (select from unnest(row.problem_codes) as code"
                " where code = %(problem)s or split_part(code, ':', 1) = %(problem)s)"
            )
            values["problem"] = self.problem
        if self.statuses:
            _require_statuses(self.statuses)
            conditions.append("row.review_status = any(%(statuses)s)")
            values["statuses"] = list(self.statuses)
        return sql.SQL(" and ".join(conditions)), values


def _require_statuses(statuses: Sequence[str]) -> None:
    seed = Registry(project_root()).seeds["qieos.statuses"]
    known = [row["status_key"] for row in seed if row["status_group"] == "review_status"]
    for status in statuses:
        if status not in known:
            raise UsageError(
                f"no review status is called {status!r}", f"choose one of {', '.join(known)}"
            )


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
    if not re.fullmatch(r"[0-9a-fA-F-]{8,36}", text):
        raise UsageError(
            f"{text!r} is not a batch id", "give the 8 letters that `qios review list` shows"
        )
    return text.lower()
