"""What values look like, by the format they are read in."""

import pytest

from qios.sources.shapes import value_shape


@pytest.mark.parametrize(
    ("parse_format", "fitting", "other"),
    [
        ("digits", ["17", "zcrm_4876876000000123456"], ["4.87688E+18", "17a"]),
        ("integer", ["17", "-3"], ["1.0", ""]),
        (
            "decimal",
            ["1.00", "-12,400.00", "$12,400.00", "4 709,50", "(3.00)"],
            ["n/a", "1 of 2 items"],
        ),
        ("boolean", ["true", "NO", "1"], ["maybe"]),
        ("email", ["Ana@example.com"], ["ana at example", "a@b"]),
        ("e164", ["+1 (212) 555-0147", "212.555.0147 ext 3"], ["call me"]),
        ("date", ["2026-10-01", "Oct 1, 2026"], ["01.10.2026", "2026-10-01 12:00"]),
        ("datetime", ["2026-10-01 12:00", "Oct 1, 2026 1:52 pm"], ["2026-10-01"]),
    ],
)
def test_values_of_a_format(parse_format, fitting, other):
    times = {
        "date": ("YYYY-MM-DD", "Mon DD, YYYY"),
        "datetime": ("YYYY-MM-DD HH24:MI", "Mon DD, YYYY HH12:MI AM"),
    }
    shape = value_shape(parse_format, times.get(parse_format, ()))
    assert all(shape.fullmatch(value) for value in fitting)
    assert not any(shape.fullmatch(value) for value in other)


def test_a_cell_of_several_values_has_the_form_of_each():
    shape = value_shape("email", separator=" ::: ")
    assert shape.fullmatch("ana@example.com ::: bo@example.com")
    assert shape.fullmatch("ana@example.com")
    assert not shape.fullmatch("ana@example.com ::: bo")


def test_free_text_has_no_shape():
    assert value_shape("text") is None
    assert value_shape("date") is None
