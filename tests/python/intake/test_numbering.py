"""Rows numbered inside their record: wherever chunks end, whatever cannot be read."""

import io

from hypothesis import given
from hypothesis import strategies as st

from qios.intake.decode import open_text
from qios.intake.numbering import Numbered
from qios.intake.readers.delimited import RecordReader


def numbered(text: str) -> dict[int, list[str]]:
    """Row number -> cells, the three made-up ones last; columns id, amount."""
    stream = open_text(io.BytesIO(text.encode()), name="f.csv").stream
    records = Numbered(RecordReader(stream, name="f.csv"), position=0, amounts=[1])
    assert records.header[-3:] == ["_number", "_count", "_amounts"]
    rows = {}
    for chunk in records.chunks():
        assert len(chunk.numbers) == len(chunk.lines) == len(chunk.rows)
        rows |= dict(zip(chunk.numbers, chunk.rows, strict=True))
    return rows


def places(rows: dict[int, list[str]]) -> list[tuple[str, str, str]]:
    return [(row[0], row[2], row[3]) for _, row in sorted(rows.items())]


def test_lines_are_numbered_within_their_record() -> None:
    rows = numbered("id,amount\na,1\na,2\nb,3\na,4\n")
    assert places(rows) == [("a", "1", "2"), ("a", "2", "2"), ("b", "1", "1"), ("a", "3", "3")]


def test_a_line_that_cannot_be_read_keeps_its_place() -> None:
    whole = numbered("id,amount\na,1\na,2\na,3\nb,1\n")
    for broken in ("a,2,2", "a", 'a,"2"x', '"2'):
        rows = numbered(f"id,amount\na,1\n{broken}\na,3\nb,1\n")
        assert rows.keys() == {1, 3, 4}
        assert [row[2:4] for row in rows.values()] == [whole[n][2:4] for n in rows]


def test_one_amount_of_a_record_marks_all_its_lines_as_changed() -> None:
    first = numbered("id,amount,note\na,1,x\na,2,x\nb,5,x\n")
    second = numbered("id,amount,note\na,1,x\na,2.5,x\nb,5,y\n")
    changed = [number for number in first if first[number][-1] != second[number][-1]]
    assert changed == [1, 2]


def test_lines_that_name_no_record_are_each_one() -> None:
    rows = numbered("id,amount\n,1\n,1\na,1\n ,2\n")
    assert [row[2:4] for row in rows.values()] == [["1", "1"]] * 4


def test_one_record_as_long_as_the_file_takes_no_time() -> None:
    lines = 200_000
    rows = numbered("id,amount\n" + "a,1\n" * lines)
    assert rows[lines][2:4] == [str(lines)] * 2


@given(st.lists(st.sampled_from("abc"), max_size=300).map(sorted))
def test_every_line_has_its_number_wherever_a_chunk_ends(groups: list[str]) -> None:
    rows = numbered("id,amount\n" + "".join(f"{group},1\n" for group in groups))
    expected = [
        (group, str(groups[: at + 1].count(group)), str(groups.count(group)))
        for at, group in enumerate(groups)
    ]
    assert places(rows) == expected
