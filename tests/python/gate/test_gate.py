"""The secret gate: no secret value passes, whatever the row looks like."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.errors import EnvironmentFault, Findings
from qios.gate.gate import WITHHELD, build_gate
from qios.gate.headers import DECLARED, NAMELESS
from qios.gate.marker import marker
from qios.gate.values import ValueRules
from qios.intake.chunk import Chunk
from qios.intake.copyrows import CopyRows
from qios.intake.decode import open_text
from qios.intake.header import distinct_names
from qios.intake.payload import PayloadText, content_hashes, encode
from qios.intake.readers.delimited import RecordReader

RULES = [
    (r"pass(word|wd)?\b", "[redacted: credential]", "credential"),
    (r"s\.?s\.? ?number", "[redacted: identity]", "identity"),
]
VALUES = ValueRules(((r"tok_[a-z]+", "[redacted: token]"),))
CANARY = "correct-horse-7391"
LABELS = ["name", "url", "Portal Password", "note"]


def gated(labels: list[str], row: list[str], **options) -> list[str]:
    chunk = Chunk([1], [2], [row], [])
    build_gate(labels, RULES, values=VALUES, **options).apply(chunk)
    return chunk.rows[0]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path_factory.getbasetemp() / "home"))


def removed(kind: str) -> str:
    """What stands in place of the canary."""
    return marker(kind, CANARY)


def test_secret_columns_are_known_by_name():
    labels = ["Record Id", "MPB Portal Password", "Primary S.S Number", "password", "Password"]
    gate = build_gate(labels, RULES)
    assert {at: redaction.category for at, redaction in gate.columns.items()} == {
        1: "credential",
        2: "identity",
        3: "credential",
        4: "credential",
    }


def test_values_are_replaced_and_empty_cells_stay_empty():
    assert gated(["a", "password"], ["1", CANARY]) == ["1", removed("[redacted: credential]")]
    assert gated(["a", "password"], ["1", ""]) == ["1", ""]
    assert gated(["a", "b"], ["1", "2"]) == ["1", "2"]


def test_a_full_width_label_is_the_same_label():
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in "password")
    assert gated(["a", full_width], ["1", CANARY])[1] == removed("[redacted: credential]")


def test_declared_columns_are_secret_by_label_and_by_column_name():
    assert gated(["a", " NOTE "], ["1", CANARY], declared=["note"])[1] == removed(DECLARED.marker)
    row = gated(["a", "Bemerkung"], ["1", CANARY], declared=["note"], positions={"note": 1})
    assert row[1] == removed(DECLARED.marker)
    assert build_gate(["a"], RULES, ["note"]).absent == ("note",)


def test_every_twin_of_a_declared_column_is_secret():
    row = gated(["note", "note"], ["x", CANARY], declared=["note"], positions={"note": 0})
    assert row == [marker(DECLARED.marker, "x"), removed(DECLARED.marker)]


def test_a_column_without_a_name_is_secret_beside_a_secret_one():
    assert gated(["a", "", "password"], ["1", CANARY, ""]) == ["1", removed(NAMELESS.marker), ""]
    assert gated(["a", ""], ["1", "2"]) == ["1", "2"]


@pytest.mark.parametrize("row", [["1", CANARY], ["1", "2", "3", CANARY, ""]])
def test_a_row_of_another_shape_is_withheld_whole(row):
    shape = [WITHHELD if cell else "" for cell in row]
    assert gated(["a", "password", "b"], row) == shape


def test_nothing_passes_without_rules():
    with pytest.raises(EnvironmentFault, match="no redaction rules") as caught:
        build_gate(["a"], [])
    assert caught.value.cure


def test_a_broken_rule_stops_the_gate():
    with pytest.raises(EnvironmentFault, match=r"\(unclosed") as caught:
        build_gate(["a"], [*RULES, ("(unclosed", "x", "y")])
    assert caught.value.cure


def test_a_secret_column_is_no_natural_key():
    gate = build_gate(["id", "password"], RULES)
    gate.refuse_secret_key((0,), "f.csv")
    with pytest.raises(Findings, match=r"f\.csv") as caught:
        gate.refuse_secret_key((0, 1), "f.csv")
    assert caught.value.cure


PLAIN = st.text("abc 123", max_size=4)
WHOLE = st.tuples(PLAIN, PLAIN, st.just(CANARY), PLAIN).map(list)
RAGGED = st.lists(PLAIN | st.just(CANARY), min_size=1, max_size=7).filter(lambda r: len(r) != 4)
NUL = WHOLE.map(lambda row: [row[0] + "\0", *row[1:]])


@given(
    st.lists(WHOLE | RAGGED | NUL, max_size=12),
    st.none() | st.integers(0, 12),
    st.sampled_from([(), ("missing_cell", "extra_cell")]),
)
def test_a_canary_is_in_no_payload_and_no_message(table, broken_at, accept):
    written = io.StringIO(newline="")
    csv.writer(written).writerows([LABELS, *table])
    lines = written.getvalue().splitlines(keepends=True)
    if broken_at is not None:
        lines.insert(1 + min(broken_at, len(table)), f'x,y,"{CANARY}" {CANARY}\n{CANARY}",z\n')
    raw = io.BytesIO("".join(lines).encode())
    reader = RecordReader(open_text(raw, name="f.csv").stream, name="f.csv", accept=accept)
    gate = build_gate(reader.header, RULES)
    payload = PayloadText(distinct_names(reader.header))
    copy, count = CopyRows(payload, {}), 0
    for chunk in reader.chunks():
        gate.apply(chunk)
        encoded = encode(chunk.rows)
        hashes = content_hashes(encoded.contents)
        out = [copy.block(chunk.numbers, encoded, hashes, hashes).decode("latin-1"), repr(chunk)]
        for rejected in chunk.rejected:
            out += [payload.of_cells(rejected.cells), payload.of_line(rejected.line or "")]
        assert CANARY not in "".join(out)
        count += len(chunk.rows) + len(chunk.rejected)
    assert count == reader.read


def test_behind_an_unreadable_record_rows_are_refused_and_withheld():
    data = f'{",".join(LABELS)}\n1,2,"{CANARY}" x,3\n{CANARY},2,3,4\n'
    reader = RecordReader(io.StringIO(data, newline=""), name="f.csv")
    gate = build_gate(reader.header, RULES)
    refused = []
    for chunk in reader.chunks():
        gate.apply(chunk)
        assert not chunk.rows
        refused += chunk.rejected
    assert [rejected.reasons for rejected in refused] == [
        ("text_after_quote",),
        ("shape_uncertain",),
    ]
    assert refused[0].line == WITHHELD
    assert refused[1].cells == [WITHHELD] * 4
