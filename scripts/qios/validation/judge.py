"""Great Expectations at work: one batch after the other, on one connection, telling only yes or no.

The typed rows of a batch are put into a temporary table, so that the view is read once however many
expectations there are. The library takes two to three seconds to load: nothing is loaded where
nothing is to be judged. It writes no file and sends nothing anywhere.
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
    """

    expectation: Expectation
    success: bool
    rows: Sequence[int] = ()


class Judge:
    """Call it with a source and a batch id; everything it needs is made at the first call."""

    def __init__(self) -> None:
        self._database: psycopg.Connection | None = None
        self._tables = 0
        self._suites: dict[str, Any] = {}

    def __call__(self, source: Source, batch_id: uuid.UUID) -> list[Judged]:
        if self._database is None:
            self._begin()
        expectations = expectations_of(source)
        table = f"judged_{self._tables}"
        self._tables += 1
        self._put(source, batch_id, table, expectations)
        asset = self._datasource.add_table_asset(table, table_name=table)
        batch = asset.add_batch_definition_whole_table(table).get_batch()
        outcome = batch.validate(self._suite(source, expectations), result_format=BOOLEAN_ONLY)
        met = {r.expectation_config.meta["code"]: bool(r.success) for r in outcome.results}
        judged = [
            Judged(e, True) if met.get(e.code) else Judged(e, False, self._rows(table, e))
            for e in expectations
        ]
        self._datasource.delete_asset(table)
        self._database.execute(sql.SQL("drop table {}").format(sql.Identifier(table)))
        return judged

    def _rows(self, table: str, expectation: Expectation) -> list[int]:
        if expectation.coded or expectation.scope == BATCH:
            return []
        statement = sql.SQL("select row_number from {} where {}").format(
            sql.Identifier(table), expectation.failing
        )
        found = self._database.execute(statement, {"argument": expectation.argument})
        return [number for (number,) in found]

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
        batch_id: uuid.UUID,
        table: str,
        expectations: tuple[Expectation, ...],
    ) -> None:
        shown = [
            sql.SQL("{} as {}").format(e.shown, sql.Identifier(e.column))
            for e in expectations
            if e.shown is not None
        ]
        statement = sql.SQL(
            "create temporary table {} as select {} from {} as row"
            " where row.import_batch_id = %(batch)s"
        ).format(
            sql.Identifier(table),
            sql.SQL(", ").join([sql.SQL("row.*"), *shown]),
            sql.Identifier(STAGING, source.view),
        )
        # A parameter inside of `create table` would be no part of the statement that is planned.
        with psycopg.ClientCursor(self._database) as cursor:
            cursor.execute(statement, {"batch": batch_id})

    def _suite(self, source: Source, expectations: tuple[Expectation, ...]) -> Any:
        if source.key not in self._suites:
            suite = self._gx.ExpectationSuite(
                source.key, expectations=[self._of_library(e) for e in expectations]
            )
            self._suites[source.key] = self._context.suites.add(suite)
        return self._suites[source.key]

    def _of_library(self, expectation: Expectation) -> Any:
        library, column = self._gx.expectations, expectation.column
        told = {"meta": {"code": expectation.code}, "description": expectation.says}
        if expectation.kind == "matches":
            return library.ExpectColumnValuesToMatchRegex(
                column=column, regex=expectation.argument, **told
            )
        if expectation.kind == "batch_holds":
            query = sql.SQL("select 1 from {} having ({}) is false").format(
                sql.SQL("{batch}"), sql.SQL(expectation.argument)
            )
            return library.UnexpectedRowsExpectation(
                unexpected_rows_query=query.as_string(), **told
            )
        values = [True] if expectation.kind == "holds" else expectation.argument
        return library.ExpectColumnValuesToBeInSet(column=column, value_set=values, **told)


@contextmanager
def judging() -> Iterator[Judge]:
    """A judge, whose connection is closed at the end."""
    judge = Judge()
    try:
        yield judge
    finally:
        with suppress(psycopg.Error):
            judge.close()
