"""A private key that a broken quote has torn into many records."""

import csv
import io
from pathlib import Path

import pytest

from qios.gate.gate import WITHHELD, Gate, build_gate
from qios.gate.values import ValueRules
from qios.intake.readers.delimited import RecordReader

BODY = [f"MIIEpAIBAAKCAQEAline{number:02d}" for number in range(90)]
KEY = ["-----BEGIN RSA PRIVATE KEY-----", *BODY, "-----END RSA PRIVATE KEY-----"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path))


def passed(text: str, header_width: int) -> tuple[list[list[str]], list[str]]:
    """What is left of the rows, and of the refused records, behind the gate."""
    reader = RecordReader(io.StringIO(text, newline=""), name="f.csv")
    assert len(reader.header) == header_width
    gate: Gate = build_gate(reader.header, [("x", "[x]", "y")], values=ValueRules((("zz", "[z]"),)))
    rows, refused = [], []
    for chunk in reader.chunks():
        gate.apply(chunk)
        rows += chunk.rows
        for rejected in chunk.rejected:
            refused += [rejected.line or "", *rejected.cells]
    return rows, refused


@pytest.mark.parametrize("header", ["note", "note,other"])
def test_no_line_of_the_key_is_left(header: str) -> None:
    lines = [header, "a,b" if "," in header else "a", '"see: ' + KEY[0], *KEY[1:], "c" + "x" * 3]
    rows, refused = passed("\n".join(lines) + "\n", header.count(",") + 1)
    left = str(rows) + str(refused)
    assert not [line for line in BODY if line in left]
    assert WITHHELD in refused
    assert "cxxx" in left, "what stands behind the key is no part of it"


def test_a_whole_key_in_a_cell_withholds_nothing_else() -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["note", "b"], ["\n".join(KEY), "1"], ["2", "3"]])
    rows, refused = passed(written.getvalue(), 2)
    assert [row[1] for row in rows] == ["1", "3"]
    assert not refused
