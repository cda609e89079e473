"""Row keys: the natural key where there is one, else content and occurrence."""

import pytest

from qios.gate.marker import WITHHELD
from qios.intake.chunk import Chunk
from qios.intake.keys import RowKeys
from qios.intake.payload import content_hashes, encode


def keyed(keys: RowKeys, rows: list[list[str]]) -> tuple[list[str], list[int]]:
    return keys.of(rows, content_hashes(encode(rows).contents))


def chunk(rows: list[list[str]]) -> Chunk:
    return Chunk(range(1, len(rows) + 1), range(2, len(rows) + 2), rows, [])


def test_forms_of_one_id_are_one_key():
    forms = ["zcrm_4876876000000123456", "4876876000000123456", " 4876876 000000123456\u00a0"]
    keys, keyless = keyed(RowKeys("zoho", (0,), digits=True), [[form] for form in forms])
    assert len(set(keys)) == 1
    assert keyless == []


def test_the_nineteenth_digit_counts():
    rows = [["4876876000000123456"], ["4876876000000123457"]]
    assert len(set(keyed(RowKeys("zoho", (0,), digits=True), rows)[0])) == 2


def test_other_formats_keep_their_prefix_and_inner_spaces():
    rows = [["zcrm_1"], ["1"], ["1 2"], ["12"], [" 12 "]]
    assert len(set(keyed(RowKeys("notion", (0,)), rows)[0])) == 4


def test_sources_do_not_share_keys():
    one, other = (keyed(RowKeys(source, (0,)), [["1"]])[0] for source in ("a", "b"))
    assert one != other


def test_parts_of_a_key_are_not_run_together():
    rows = [["a", "bc"], ["ab", "c"], ["1:a", ""], ["a", "bc"]]
    keys, keyless = keyed(RowKeys("books", (0, 1)), rows)
    assert keys[0] == keys[3] != keys[1]
    assert keyless == [2]


def test_without_a_key_the_content_and_its_occurrence_count():
    keys = RowKeys("mmex", (0,))
    rows = [["", "x"], ["  ", "x"], ["", "x"], ["7", "x"]]
    made, keyless = keyed(keys, rows)
    assert keyless == [0, 1, 2]
    assert made[0] == made[2] != made[1]
    digest = content_hashes(encode(rows).contents)[0]
    assert made[0] == keys.content_key(digest) != keys.content_key(digest, 2)


def test_the_order_of_several_values_in_a_cell_says_nothing():
    keys = RowKeys("google", (0, 1), separators={1: " ::: ", 2: " ::: "})
    rows = [
        ["Ada", "b@x.org ::: a@x.org", "2 ::: 1"],
        ["Ada", "a@x.org ::: c@x.org", ""],
        ["Ada", "a@x.org"],
        ["", " b@x.org ::: a@x.org", "2 ::: 1"],
        ["", "a@x.org ::: b@x.org ", "1 ::: 2"],
        ["", "a@x.org", "1 ::: 2"],
    ]
    told, contents = keys.in_order(chunk(rows), content_hashes(encode(rows).contents))
    made, keyless = keys.of(told, contents)
    assert made[0] == made[1] == made[2]
    assert keyless == [3, 4, 5]
    assert made[3] == made[4] != made[5]
    assert rows[0][1] == "b@x.org ::: a@x.org"


def test_a_source_without_a_natural_key():
    made, keyless = keyed(RowKeys("notion"), [["a"], ["b"]])
    assert len(set(made)) == 2
    assert keyless == [0, 1]


@pytest.mark.parametrize("digits", [True, False])
def test_a_short_or_withheld_row_has_no_key_of_its_own(digits):
    rows = [["a", "1"], ["a"], [WITHHELD, WITHHELD]]
    assert keyed(RowKeys("s", (1,), digits=digits), rows)[1] == [1, 2]


@pytest.mark.parametrize("text", ["4.87688E+18", "4,87688e+18", " 5E+18 "])
@pytest.mark.parametrize("digits", [True, False])
def test_a_rounded_id_is_refused(text, digits):
    records = chunk([["1", "x"], [text, "y"], ["2", "4.87688E+18"]])
    RowKeys("zoho", (0,), digits=digits).refuse_rounded(records)
    assert records.numbers == [1, 3]
    (rejected,) = records.rejected
    assert (rejected.row_number, rejected.line_number) == (2, 3)
    assert rejected.reasons == ("id_in_scientific_notation",)


def test_a_hexadecimal_id_is_not_a_rounded_number():
    records = chunk([["104e58"]])
    RowKeys("notion", (0,)).refuse_rounded(records)
    assert not records.rejected


def test_an_id_has_one_key_whatever_stands_around_it():
    keys = RowKeys("zoho", (0,), digits=True)
    alone = keyed(keys, [["4876876000000123456"]])[0]
    beside = keyed(keys, [["4876876000000123456"], ["no number"], ["0012"], [str(1 << 64)]])[0]
    assert alone == beside[:1]
    assert len(set(beside)) == 4


def test_numbers_keep_their_order():
    made, _ = keyed(RowKeys("zoho", (0,), digits=True), [["9"], ["10"], [str((1 << 64) - 1)]])
    assert made == sorted(made)
