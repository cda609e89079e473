"""Binary COPY rows, read back by a decoder of the documented format."""

import json
import struct
import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qios.intake.copyrows import EPOCH, CopyRows
from qios.intake.header import distinct_names
from qios.intake.payload import PayloadText, content_hashes, encode

CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from('"\\\t\n\r\x7f\x0b%{}')
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5)
BATCH = uuid.UUID(int=7)


def decoded(block: bytes) -> list[list[bytes]]:
    """The fields of each row, by the rules of COPY's manual page."""
    rows, at = [], 0
    while at < len(block):
        (count,) = struct.unpack_from(">h", block, at)
        at += 2
        fields = []
        for _ in range(count):
            (length,) = struct.unpack_from(">i", block, at)
            fields.append(block[at + 4 : at + 4 + length])
            at += 4 + length
        rows.append(fields)
    assert at == len(block)
    return rows


@given(st.lists(CELLS, min_size=1, max_size=3), ROWS, st.integers(1, 10**12))
def test_rows_are_read_back(labels, rows, first):
    names = distinct_names(labels)
    payload = PayloadText(names)
    encoded = encode(rows)
    hashes = content_hashes(encoded.contents)
    numbers = range(first, first + len(rows))
    keys = list(reversed(hashes))
    copy = CopyRows(payload, {"import_batch_id": BATCH})
    back = decoded(copy.block(numbers, encoded, keys, hashes))
    assert [row[:4] for row in back] == [
        [BATCH.bytes, struct.pack(">q", number), key, digest]
        for number, key, digest in zip(numbers, keys, hashes, strict=True)
    ]
    assert [row[4].decode() for row in back] == [payload.of_cells(row) for row in rows]
    for fields, row in zip(back, rows, strict=True):
        found = json.loads(fields[4])
        assert [*found.values()][: len(names)] == row[: len(names)]


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))
def test_a_timestamp_is_microseconds_since_2000(moment):
    aware = moment.replace(tzinfo=UTC)
    copy = CopyRows(PayloadText(["id"]), {"created_at": aware})
    ((created_at, *_),) = decoded(copy.block([1], encode([["x"]]), [bytes(16)], [bytes(16)]))
    assert EPOCH + timedelta(microseconds=struct.unpack(">q", created_at)[0]) == aware


def test_long_ids_are_text():
    copy = CopyRows(PayloadText(["id"]), {})
    ((*_, payload),) = decoded(
        copy.block([1], encode([["4876876000000123456"]]), [bytes(16)], [bytes(16)])
    )
    assert payload == b'{"id":"4876876000000123456"}'
    assert copy.columns == ("row_number", "row_key", "content_hash", "raw_payload")
