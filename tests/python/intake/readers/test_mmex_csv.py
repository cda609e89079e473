"""The exports of Money Manager Ex: what its exporter gets wrong is told by its name."""

import uuid
from pathlib import Path

import pytest

from qios.intake.batch import FileVersion
from qios.intake.readers import open_records
from qios.intake.reasons import CURES
from qios.intake.sources import registered_sources

HEADER = "ID,Date,Status,Type,Account,Payee,Category,Amount,Currency,Number,Notes\n"


def read(path: Path, text: str) -> tuple[list[int], dict[int, str]]:
    """(numbers of the good rows, row number -> reason of the refused)."""
    path.write_text(HEADER + text, encoding="utf-8")
    version = FileVersion(uuid.uuid4(), uuid.uuid4(), 1, path, "", path.stat().st_size)
    good, refused = [], {}
    with open_records(version, registered_sources()["mmex_csv"], None) as records:
        for chunk in records.chunks():
            good += chunk.numbers
            refused |= {rejected.row_number: rejected.reasons[0] for rejected in chunk.rejected}
    assert set(refused.values()) <= CURES.keys()
    return good, refused


@pytest.mark.parametrize("zero", ["0.00", "0", "-0,00", "0.00 "])
def test_a_file_of_nothing_is_refused_transfers_included(tmp_path: Path, zero: str) -> None:
    rows = f'1,2026-01-01,R,Withdrawal,Cash,Shop,Food,"{zero}",CAD,,\n'
    rows += "2,2026-01-02,R,Transfer,Cash,Bank,Transfer,-20.00,CAD,,\n"
    assert read(tmp_path / "f.csv", rows) == (
        [],
        {1: "mmex_zero_amounts", 2: "mmex_zero_amounts"},
    )


def test_one_amount_makes_a_file_worth_reading(tmp_path: Path) -> None:
    rows = "1,2026-01-01,R,Withdrawal,Cash,Shop,Food,0.00,CAD,,\n" * 100
    rows += "2,2026-01-02,R,Deposit,Cash,Shop,Food,0.01,CAD,,\n"
    assert read(tmp_path / "f.csv", rows) == (list(range(1, 102)), {})


def test_a_file_of_transfers_alone_is_worth_reading(tmp_path: Path) -> None:
    rows = "2,2026-01-02,,Transfer,Cash,Bank,Transfer,-20.00,CAD,,\n"
    assert read(tmp_path / "f.csv", rows) == ([1], {})


def test_a_row_that_moved_to_the_left_is_told_from_other_short_rows(tmp_path: Path) -> None:
    rows = "1,2026-01-01,R,Withdrawal,Cash,Shop,Food,-3.00,CAD,,\n"
    rows += "2026-01-02,R,Withdrawal,Cash,Shop,Food,-3.00,CAD,,\n"
    rows += "2026-01-02,R\n"
    assert read(tmp_path / "f.csv", rows) == ([1], {2: "mmex_shifted_row", 3: "missing_cell"})
