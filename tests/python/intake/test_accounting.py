"""Every record read is staged, rejected or repeated."""

import pytest

from qios.errors import QiosError
from qios.intake.accounting import RowCounts


def test_counts_add_up():
    total = RowCounts(3, 1, 1, 1) + RowCounts(5, 5) + RowCounts()
    assert total == RowCounts(read=8, staged=6, rejected=1, repeated=1)
    assert total.check("f.csv") is total


@pytest.mark.parametrize(
    "counts", [RowCounts(3, 1, 1), RowCounts(0, 1), RowCounts(read=1, staged=2, rejected=-1)]
)
def test_a_lost_or_invented_row_is_an_error(counts):
    with pytest.raises(QiosError, match=r"f\.csv: \d rows read are not") as caught:
        counts.check("f.csv")
    assert caught.value.cure
