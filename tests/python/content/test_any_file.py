"""Whatever bytes a file has: it is read, or refused with a reason, and nothing else happens."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content import made
from intake.readers.tables import held, tables_of
from qios.content.kinds import kind_of
from qios.intake.reasons import FileRefused

WHOLE = {
    "xlsx": made.xlsx({"A": [["a", "b"], ["x", "#N/A"]], "B": [["c"], [1]]}),
    "xls": made.xls([["a", "b"], ["x", 15.0]]),
    "ods": made.ods({"A": [["a", "b"], ["1", "2"]]}),
    "json": b'{"rows": [{"a": 1, "b": {"c": [1, 2.5, null]}}, {"a": "x"}], "more": [{"d": ""}]}',
    "jsonl": b'{"a": 1}\n{"b": [2]}\n[3]\n',
    "sqlite": made.sqlite("create table a (b, c)", "insert into a values (1, x'00'), ('x', null)"),
    "csv": b'a,b\n1,"x, y"\n"2\n3",z\n',
}
MENDING = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12))


def read(content: bytes, name: str, encoding: str | None = None) -> None:
    """Read a file's tables to their ends, where it has any and they can be read."""
    with suppress(FileRefused):
        if kind_of(held(content, name).open(), name).tables:
            tables_of(content, name, encoding)


@pytest.mark.parametrize("name", WHOLE)
@given(
    mendings=st.lists(MENDING, min_size=1, max_size=3), encoding=st.sampled_from([None, "cp1252"])
)
@settings(deadline=None)  # a new process takes longer
def test_a_file_with_other_bytes_in_it(
    name: str, mendings: list[tuple[float, int, bytes]], encoding: str | None
) -> None:
    content = WHOLE[name]
    for where, length, put in mendings:
        at = int(where * len(content))
        content = content[:at] + put + content[at + length :]
    read(content, f"file.{name}", encoding)


@given(st.binary(max_size=600), st.sampled_from([*WHOLE, "txt", "pdf"]))
@example(b"\xff\xfe", "csv")
@example(b"\0\0\0\0", "json")
@example(b"[" * 5000, "json")
@example(b'{"a":' * 5000, "jsonl")
def test_any_bytes_at_all(content: bytes, name: str) -> None:
    read(content, f"file.{name}")


@given(st.text(st.sampled_from('ab,;\t|"\n\r\0 {}[]:é\ud800'), max_size=60))
def test_any_text_at_all(text: str) -> None:
    for name in ("a.csv", "a.json", "a.txt"):
        for encoding in ("utf-8", "utf-16"):
            with suppress(UnicodeEncodeError):
                read(text.encode(encoding), name)
