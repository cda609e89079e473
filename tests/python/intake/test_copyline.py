"""COPY lines, read back by a decoder of the documented text format."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.intake.copyline import CopyLines
from qios.intake.header import distinct_names
from qios.intake.payload import PayloadText, content_hashes, encode

ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from('"\\\t\n\r\x7f\x0b%{}')
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5)


def decoded(block: bytes) -> list[list[str]]:
    """What COPY FROM makes of the lines, by the rules of its manual page."""
    *lines, rest = block.decode().split("\n")
    assert rest == ""
    return [
        [
            re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), value, flags=re.DOTALL)
            for value in line.split("\t")
        ]
        for line in lines
    ]


@given(st.lists(CELLS, min_size=1, max_size=3), ROWS, st.integers(1, 10**12))
def test_lines_are_read_back(labels, rows, first):
    names = distinct_names(labels)
    payload = PayloadText(names)
    lines = CopyLines(payload, {"import_batch_id": "b%s", "source_file_id": "f"})
    contents, parts = encode(rows)
    hashes = content_hashes(contents)
    numbers = range(first, first + len(rows))
    keys = list(reversed(hashes))
    back = decoded(lines.block(numbers, parts, keys, hashes))
    assert [[*line[:3], *line[4:]] for line in back] == [
        ["b%s", "f", str(number), key, digest]
        for number, key, digest in zip(numbers, keys, hashes, strict=True)
    ]
    assert [line[3] for line in back] == [payload.of_cells(row) for row in rows]
    for line, row in zip(back, rows, strict=True):
        found = json.loads(line[3])
        assert [*found.values()][: len(names)] == row[: len(names)]


def test_long_ids_are_text():
    lines = CopyLines(PayloadText(["id"]), {})
    block = lines.block([1], [["4876876000000123456"]], ["k"], ["h"])
    assert block == b'1\t{"id":"4876876000000123456"}\tk\th\n'
    assert lines.columns == ("row_number", "raw_payload", "row_key", "content_hash")


def test_a_constant_that_needs_escaping_is_refused():
    with pytest.raises(ValueError, match="batch"):
        CopyLines(PayloadText(["id"]), {"batch": "a\tb"})
