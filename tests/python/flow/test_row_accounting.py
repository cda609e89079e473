"""Row accounting against a model in plain Python, over random exports that follow each other."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from flow.world import World, identifier
from qios.intake.register import register
from qios.intake.stage import stage
from qios.intake.waiting import unstaged
from qios.server import connection

HEADER = ["Record Id", "First Name", "Last Name"]
IDS = st.sampled_from(
    ["zcrm_1", "1", " 1", "2", "01", str(2**63), str(2**70), "a", "", " ", "1E+5"]
)
CELLS = st.sampled_from(
    ["", "Ann", "Zoë", 'a "b"', "x,y", "two\nlines", "\r", "\\t\t", "\x7f", "🙂"]
)
ROWS = st.one_of(
    st.tuples(IDS, CELLS, CELLS),
    st.tuples(IDS, CELLS, CELLS),
    st.tuples(IDS, CELLS),
    st.tuples(IDS, CELLS, CELLS, CELLS),
)
TABLES = (
    *("staging.zoho_contacts_raw", "staging.import_rows"),
    *("qinexus.import_files", "qinexus.import_batches"),
    *("qinexus.file_versions", "qinexus.files"),
)
NUMBERS = sql.SQL("select row_number from {} where source_file_id = %s order by row_number")
EXPORTS = st.lists(st.lists(ROWS, max_size=12), min_size=2, max_size=3)


@dataclass
class Model:
    """What the rows of exports become, by the latest content of each key."""

    latest: dict[object, tuple[str, ...]] = field(default_factory=dict)

    def take(self, rows: list[tuple[str, ...]]) -> dict[str, list[int]]:
        """Outcome -> numbers of the rows that have it."""
        numbers: dict[str, list[int]] = {"staged": [], "rejected": [], "repeated": []}
        twins: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(rows, 1):
            if len(row) != len(HEADER) or row[0] == "1E+5":
                numbers["rejected"].append(number)
                continue
            key: object = row[0].strip().removeprefix("zcrm_")
            if not key:
                twins[row] = twins.get(row, 0) + 1
                key = (row, twins[row])
            numbers["repeated" if self.latest.get(key) == row else "staged"].append(number)
            self.latest[key] = row
        return numbers


@given(exports=EXPORTS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_each_row_is_staged_rejected_or_repeated(
    world: World, exports: list[list[tuple[str, ...]]]
) -> None:
    model = Model()
    with connection.connect(autocommit=True) as database:
        for table in TABLES:
            database.execute(sql.SQL("delete from {}").format(identifier(table)))
        for number, rows in enumerate(exports):
            path = written(world.folder / f"{number}.csv", rows, number)
            expected = model.take(rows)
            list(register(database, [str(path)]))
            (version,) = unstaged(database, [str(path)])
            counts = stage(database, version, None, lambda done: None).rows
            assert vars(counts) == {
                "read": len(rows),
                **{outcome: len(of) for outcome, of in expected.items()},
            }
            for table, outcome in (("zoho_contacts_raw", "staged"), ("import_rows", "rejected")):
                numbers = NUMBERS.format(identifier(f"staging.{table}"))
                found = database.execute(numbers, [version.file_id]).fetchall()
                assert [row_number for (row_number,) in found] == expected[outcome]
        undecided = "select count(*) from staging.zoho_contacts_raw where review_status = 'pending'"
        assert world.value(undecided) == len(model.latest)


def written(path: Path, rows: list[tuple[str, ...]], number: int) -> Path:
    """The export as a file; equal exports differ in their bytes all the same, by blank lines."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    path.write_text(text.getvalue() + "\n" * number, encoding="utf-8", newline="")
    return path


def test_the_model_itself_tells_a_change_from_a_repeat() -> None:
    model = Model()
    first, other = ("1", "Ann", "A"), ("1", "Bea", "A")
    assert model.take([first])["staged"] == [1]
    assert model.take([first, other, other])["repeated"] == [1, 3]
    assert model.take([first])["staged"] == [1]
    assert model.take([("", "x", "y")] * 2)["staged"] == [1, 2]
    assert model.take([("", "x", "y")] * 3)["staged"] == [3]


@pytest.mark.parametrize("times", [1, 3])
def test_a_long_file_is_counted_beyond_one_block(world: World, times: int) -> None:
    """More rows than one question to the database takes, with twins far apart."""
    rows = [(str(number % 6000), "Ann", str(number // 9000)) for number in range(12_000)]
    model = Model()
    for number in range(times):
        path = written(world.folder / f"{number}.csv", rows[: 12_000 - number], number)
        expected = model.take(rows[: 12_000 - number])
        with connection.connect(autocommit=True) as database:
            list(register(database, [str(path)]))
            (version,) = unstaged(database, [str(path)])
            counts = stage(database, version, None, lambda done: None).rows
        assert counts.staged == len(expected["staged"])
        assert counts.repeated == len(expected["repeated"])
