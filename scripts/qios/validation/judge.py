"""Great Expectations at work: the batches of a source that wait, together, telling only yes or no.

Their typed rows are put into a temporary table, so that the view is read once however many
expectations there are. What all of the rows meet, each batch meets; where something is not met, the
same condition tells which batches and rows it is. The library takes two to three seconds to load:
nothing is loaded where nothing is to be judged. It writes no file and sends nothing anywhere.
"""

import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.server import connection
from qios.validation.expectations import BATCH, Expectation, expectations_of

ENGINE = "postgresql+psycopg://"
BOOLEAN_ONLY = "BOOLEAN_ONLY"
"""The result format: whether an expectation is met, and never a cell that does not meet it."""


@dataclass(frozen=True)
class Judged:
    """Whether an expectation is met; one that could not be evaluated is not.

    rows: the numbers of the rows that break it, where the typed view does not tell them.
    at_large: whether it is the batch as a whole that does, or nobody can say which rows.
    """

    expectation: Expectation
    success: bool
    rows: Sequence[int] = ()
    at_large: bool = False


class Judge:
    """Call it with a source and batch ids; everything it needs is made at the first call."""

    def __init__(self) -> None:
        self._database: psycopg.Connection | None = None

    def __call__(
        self, source: Source, batches: Sequence[uuid.UUID]
    ) -> dict[uuid.UUID, list[Judged]]:
        if self._database is None:
            self._begin()
        expectations = expectations_of(source)
        table = f"judged_{source.key}"
        self._put(source, batches, table, expectations)
        asset = self._datasource.add_table_asset(table, table_name=table)
        together = asset.add_batch_definition_whole_table(table).get_batch()
        suite = self._gx.ExpectationSuite(
            source.key, expectations=[self._of_library(e) for e in expectations]
        )
        suite = self._context.suites.add(suite)
        outcome = together.validate(suite, result_format=BOOLEAN_ONLY)
        met = {r.expectation_config.meta["code"] for r in outcome.results if r.success}
        judged: dict[uuid.UUID, list[Judged]] = {batch: [] for batch in batches}
        for expectation in expectations:
            broken = {} if expectation.code in met else self._broken(table, expectation)
            if not broken and expectation.code not in met:
                broken = dict.fromkeys(batches, ())
            for batch, told in judged.items():
                told.append(_judged(expectation, broken.get(batch)))
        return judged

    def _broken(self, table: str, expectation: Expectation) -> dict[uuid.UUID, Sequence[int]]:
        """The batches that break an expectation, with their rows that do; none where it cannot be
        evaluated."""
        if expectation.scope == BATCH:
            numbers, groups = sql.SQL("'{}'::int8[]"), sql.SQL("having ({}) is false")
            groups = groups.format(sql.SQL(expectation.argument.replace("%", "%%")))
            condition = sql.SQL("true")
        else:
            numbers, groups = sql.SQL("array_agg(row_number)"), sql.SQL("")
            condition = expectation.failing
        statement = sql.SQL(
            "select import_batch_id, {} from {} where {} group by import_batch_id {}"
        ).format(numbers, sql.Identifier(table), condition, groups)
        try:
            found = self._database.execute(statement, {"argument": expectation.argument})
        except (psycopg.DataError, psycopg.ProgrammingError):
            return {}
        return dict(found.fetchall())

    def close(self) -> None:
        if self._database is not None:
            self._database.close()

    def _begin(self) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when the library is loaded
        import great_expectations
        from sqlalchemy.pool import StaticPool

        self._gx = great_expectations
        self._context = great_expectations.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False}
        # Ours and no other: temporary tables are this connection's, and no password is handed over.
        self._database = connection.connect(autocommit=True)
        self._datasource = self._context.data_sources.add_sql(
            "qios",
            connection_string=ENGINE,
            kwargs={"creator": lambda: self._database, "poolclass": StaticPool},
        )

    def _put(
        self,
        source: Source,
        batches: Sequence[uuid.UUID],
        table: str,
        expectations: Sequence[Expectation],
    ) -> None:
        shown = [
            sql.SQL("{} as {}").format(e.shown, sql.Identifier(e.column))
            for e in expectations
            if e.shown is not None
        ]
        statement = sql.SQL(
            "create temporary table {} as select {} from {} as row"
            " where row.import_batch_id = any(%(batches)s) and row.review_status <> 'forgotten'"
        ).format(
            sql.Identifier(table),
            sql.SQL(", ").join([sql.SQL("row.*"), *shown]),
            sql.Identifier(STAGING, source.view),
        )
        # A statement that creates takes no parameters from the server's side.
        with psycopg.ClientCursor(self._database) as cursor:
            cursor.execute(statement, {"batches": list(batches)})

    def _of_library(self, expectation: Expectation) -> Any:
        library, column = self._gx.expectations, expectation.column
        told = {"meta": {"code": expectation.code}, "description": expectation.says}
        if expectation.kind == "matches":
            return library.ExpectColumnValuesToMatchRegex(
                column=column, regex=expectation.argument, **told
            )
        if expectation.kind == "batch_holds":
            query = sql.SQL(
                "select 1 from {} group by import_batch_id having ({}) is false"
            ).format(sql.SQL("{batch}"), sql.SQL(expectation.argument))
            return library.UnexpectedRowsExpectation(
                unexpected_rows_query=query.as_string(), **told
            )
        values = [True] if expectation.kind == "holds" else expectation.argument
        return library.ExpectColumnValuesToBeInSet(column=column, value_set=values, **told)


def _judged(expectation: Expectation, broken: Sequence[int] | None) -> Judged:
    """broken: the rows that break it; None where the batch does not."""
    if broken is None:
        return Judged(expectation, True)
    if not broken:
        return Judged(expectation, False, at_large=True)
    return Judged(expectation, False, () if expectation.coded else broken)


@contextmanager
def judging() -> Iterator[Judge]:
    """A judge, whose connection is closed at the end."""
    judge = Judge()
    try:
        yield judge
    finally:
        with suppress(psycopg.Error):
            judge.close()
