"""What kind a file is: by its bytes, whatever its name says."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import made
from qios.content.kinds import UNKNOWN_TYPE, kind_of
from qios.content.text_kinds import delimiter_of
from qios.intake.reasons import FileRefused


def media_type(content: bytes, name: str = "file") -> str:
    return kind_of(io.BytesIO(content), name).media_type


OFFICE = "application/vnd.openxmlformats-officedocument"
BINARY = {
    f"{OFFICE}.spreadsheetml.sheet": made.xlsx({"A": [["a"]]}),
    "application/vnd.ms-excel": made.xls([["a"]]),
    "application/vnd.oasis.opendocument.spreadsheet": made.ods({"A": [["a"]]}),
    f"{OFFICE}.wordprocessingml.document": made.docx("a"),
    "application/vnd.oasis.opendocument.text": made.odt(""),
    "application/pdf": made.pdf("a"),
    "application/vnd.sqlite3": made.sqlite("create table a (b)"),
    "application/zip": made.zipped({"a.txt": "a"}),
    "application/x-ole-storage": made.locked_xlsx(),
    "image/png": made.PICTURE,
    UNKNOWN_TYPE: bytes(range(256)) * 8,
}
TEXT = {
    "a,b\n1,2\n": "text/csv",
    "a;b\n1,5;2,5\n": "text/csv",
    "a|b\n1|2\n": "text/csv",
    "a|This is a sentence.\n1|2\n": "text/csv",
    "a\tb\n1\t2\n": "text/tab-separated-values",
    '[{"a": 1}]': "application/json",
    '{"a": 1}\n{"a": 2}\n': "application/x-ndjson",
    "<!-- x -->\n<!DOCTYPE html><p>a": "text/html",
    "<?xml version='1.0'?><a/>": "application/xml",
    "<svg xmlns='s'/>": "image/svg+xml",
    "# Title\n\nA [link](a.md).\n": "text/markdown",
    made.EMAIL.decode(): "message/rfc822",
    "Dear Bob, I write to you, since.\nYours, Ann\n": "text/plain",
    "[section]\nkey = value\n": "text/plain",
    "{curly} words\nand more": "text/plain",
    "name\nAnn\nBob\n": "text/plain",
}


@pytest.mark.parametrize("expected", BINARY)
def test_a_signature_decides_whatever_the_name_says(expected: str) -> None:
    assert media_type(BINARY[expected], "export.csv") == expected


@pytest.mark.parametrize("text", TEXT)
def test_text_is_told_by_how_it_reads(text: str) -> None:
    assert media_type(text.encode()) == TEXT[text]
    assert media_type(text.encode("utf-16")) == TEXT[text]


def test_the_name_decides_where_a_text_can_be_read_in_two_ways() -> None:
    assert media_type(b"name\nAnn\n", "names.csv") == "text/csv"
    assert media_type(b"a, b\nc, d\n", "a.md") == "text/markdown"
    assert media_type(b'{"a": ', "a.json") == "application/json"
    assert media_type(b'{"a": ', "a.txt") == "text/plain"


def test_a_password_is_told_before_anybody_reads_the_file() -> None:
    assert kind_of(io.BytesIO(made.locked_xlsx()), "a.xlsx").fault == "encrypted_file"


def test_an_empty_file_has_no_kind() -> None:
    with pytest.raises(FileRefused, match="empty_file"):
        media_type(b"")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2\n", ";"),
        ("a\tb\n1,2\t3\n", "\t"),
        ('"a,b";"c"\n"1,2";"3"\n', ";"),
        ("name\nAnn\n", ","),
    ],
)
def test_the_delimiter_is_what_takes_the_rows_apart_alike(text: str, expected: str) -> None:
    assert delimiter_of(text) == expected


@settings(deadline=None)
@given(st.binary(min_size=100, max_size=4000))
def test_any_bytes_have_a_kind(content: bytes) -> None:
    for name in ("a", "a.csv", "a.json", "a.xlsx"):
        assert "/" in media_type(content, name)
