"""Reading records: every one is a row or a refused row with a reason code."""

import csv
import io
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.errors import Findings
from qios.intake import lines
from qios.intake.decode import open_text
from qios.intake.readers import delimited
from qios.intake.readers.delimited import RecordReader

CELLS = st.text(
    st.characters() | st.sampled_from(',;\t"\r\n\0\x7f\\\ud800\udc80\ufeff'), max_size=8
)


def reader(data: bytes | str, **options) -> RecordReader:
    raw = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    return RecordReader(open_text(raw, name="f.csv").stream, name="f.csv", **options)


def read(data: bytes | str, **options):
    """(row number -> cells, row number -> refused record); checks that nothing was lost."""
    records = reader(data, **options)
    good, refused = {}, {}
    for chunk in records.chunks():
        assert len(chunk.numbers) == len(chunk.lines) == len(chunk.rows)
        good |= dict(zip(chunk.numbers, chunk.rows, strict=True))
        refused |= {rejected.row_number: rejected for rejected in chunk.rejected}
    assert sorted([*good, *refused]) == list(range(1, records.read + 1))
    assert all(rejected.reasons and rejected.detail for rejected in refused.values())
    return good, refused


def reasons(refused) -> dict[int, tuple[str, ...]]:
    return {number: rejected.reasons for number, rejected in refused.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"x, y",2\n', [["x, y", "2"]]),
        ('a,b\r\n1,""\r\n2,3', [["1", ""], ["2", "3"]]),
        ('a,b\n1,"say ""hi"""\n', [["1", 'say "hi"']]),
        ('a,b\n1,"{""k"": [1, 2]}"\n', [["1", '{"k": [1, 2]}']]),
        ('a,b\r\n"one\r\ntwo",2\r\n3,4', [["one\r\ntwo", "2"], ["3", "4"]]),
        ('a,b\n1,"x \n""y"" \nz"\n', [["1", 'x \n"y" \nz']]),
        ("a,b\n1,ʤ\n", [["1", "ʤ"]]),
        ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
        ("a,b\n4876876000000123456,zcrm_1\n", [["4876876000000123456", "zcrm_1"]]),
    ],
)
def test_what_the_format_allows_is_read_exactly(text, expected):
    assert list(read(text)[0].values()) == expected


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=12),
    st.sampled_from([",", ";", "\t", "|"]),
    # The csv writer quotes only the letters of its own line end.
    st.sampled_from([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n")]),
)
def test_what_was_written_is_read_or_refused(table, delimiter, style):
    quoting, line_end = style
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerows([["first label", "second label", "third label"], *table])
    data = written.getvalue().encode("utf-8", "surrogatepass")
    # Blocks and chunks so small that records and line ends lie across their borders.
    with mock.patch.object(lines, "BLOCK_CHARS", 5), mock.patch.object(delimited, "CHUNK_ROWS", 3):
        good, refused = read(data, delimiter=delimiter)
    assert len(good) + len(refused) == len(table)
    for number, row in enumerate(table, start=1):
        expected = set()
        if len(row) != 3:
            expected.add("missing_cell" if len(row) < 3 else "extra_cell")
        if any("\0" in cell for cell in row):
            expected.add("nul_byte")
        if any("\ud800" <= letter <= "\udfff" for cell in row for letter in cell):
            expected.add("invalid_encoding")
        if expected:
            assert set(refused[number].reasons) == expected
        else:
            assert good[number] == row


@given(st.text(st.sampled_from('ab,"\n\r\0')), st.integers(1, 9))
def test_any_text_is_read_to_its_end(text, block):
    with (
        mock.patch.object(lines, "BLOCK_CHARS", block),
        mock.patch.object(delimited, "CHUNK_ROWS", 2),
    ):
        good, refused = read("head 1,head 2\n" + text, max_cell_chars=20)
    texts = ["".join(row) for row in good.values()]
    texts += ["".join(r.cells) + (r.line or "") for r in refused.values()]
    for letter in "ab":
        assert "".join(texts).count(letter) == text.count(letter)


def test_shapes_and_bytes_that_do_not_fit():
    good, refused = read(b"a,b\n1\n1,2,3\nx\0,y\nM\xfcller,2\n\xff\0\n1,2\n")
    assert good == {6: ["1", "2"]}
    assert reasons(refused) == {
        1: ("missing_cell",),
        2: ("extra_cell",),
        3: ("nul_byte",),
        4: ("invalid_encoding",),
        5: ("missing_cell", "nul_byte", "invalid_encoding"),
    }
    assert refused[2].cells == ["1", "2", "3"]


def test_accepted_shapes_are_rows():
    good, refused = read("a,b\n1\n1,2,3\n", accept={"missing_cell"})
    assert good == {1: ["1"]}
    assert reasons(refused) == {2: ("extra_cell",)}


def test_line_numbers_are_physical_and_blank_lines_no_records():
    good, refused = read('\n"a\nb",c\n\n"1\n2",3\n\n4\n5,6\n7\n')
    assert good == {1: ["1\n2", "3"], 3: ["5", "6"]}
    assert {n: r.line_number for n, r in refused.items()} == {2: 8, 4: 10}


def test_an_open_quote_costs_one_line():
    body = "".join(f"{number},x\n" for number in range(1000))
    good, refused = read('a,b\n1,2\n3,"open\n' + body)
    assert len(good) == 1001
    assert reasons(refused) == {2: ("unterminated_quote",)}
    assert refused[2].line == '3,"open'
    assert refused[2].line_number == 3


def test_an_open_quote_that_meets_a_later_one_costs_one_line():
    good, refused = read('a,b\n3,"open\n4,x\n"y, z",5\n')
    assert reasons(refused) == {1: ("unterminated_quote",)}
    assert list(good.values()) == [["4", "x"], ["y, z", "5"]]


def test_text_after_a_closing_quote():
    good, refused = read('a,b\n1,"say "hi" now"\n2,3\n')
    assert reasons(refused) == {1: ("text_after_quote",)}
    assert good == {2: ["2", "3"]}


def test_behind_an_unreadable_record_the_shape_is_uncertain():
    chunks = list(reader('a,b\n1,2\n3,"open\n4,5\n').chunks())
    assert [(chunk.rows, chunk.shape_certain) for chunk in chunks] == [
        ([["1", "2"]], True),
        ([["4", "5"]], False),
    ]


def test_a_cell_beyond_the_limit():
    good, refused = read(f"a,b\n1,{'x' * 50}\n2,3\n", max_cell_chars=40)
    assert reasons(refused) == {1: ("cell_too_large",)}
    assert good == {2: ["2", "3"]}


def test_large_cells_come_in_small_chunks():
    text = "a,b\n" + f"1,{'x' * 5000}\n" * 20
    with (
        mock.patch.object(delimited, "CHUNK_CHARS", 10_000),
        mock.patch.object(lines, "BLOCK_CHARS", 9),
    ):
        sizes = [len(chunk.rows) for chunk in reader(text).chunks()]
    assert sum(sizes) == 20
    assert max(sizes) <= delimited.STEP_ROWS


def test_a_repr_shows_no_cells():
    chunk = next(reader('a,b\n1,CANARY\n2,"CANARY').chunks())
    assert "CANARY" not in repr(chunk)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\n\n", "blank_header"),
        (b' ,"",\n1,2,3\n', "blank_header"),
        (b'a,"b\n1,2\n', "malformed_header"),
        (b"Stra\xdfe,b\n1,2\n", "invalid_encoding"),
    ],
)
def test_an_unusable_header_names_file_rule_and_cure(data, code):
    with pytest.raises(Findings, match=rf"f\.csv.*{code}") as caught:
        reader(data)
    assert caught.value.cure
