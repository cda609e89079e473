"""An explanation is read by people: every field in words, with what it weighs."""

from qios.matching.compare import compare
from qios.matching.explain import explain
from qios.matching.party import Address, person

HOME = [Address.of("12 Oak Street", None, "Dover", "12345")]


def test_every_field_has_a_line() -> None:
    shared = {"phones": ["+16145550101"], "emails": ["a@b.c"], "addresses": HOME}
    one = person("Anna", "Smith", birth="1980-01-02", **shared)
    other = person("Anna", "Smyth", birth="1990-06-30", **shared)
    compared = compare(one, other)
    lines = explain(compared.explanation)
    assert len(lines) == len(compared.fields)
    assert lines[0].startswith("given name: anna, the same, +")
    assert lines[1] == "family name: smith / smyth, 80% alike, +4.0 points"
    assert lines[2] == "birth date: 19800102 / 19900630, 0% alike, -6.0 points"
    assert lines[-1].startswith("all of this is shared by relatives too")


def test_no_explanation_has_no_lines() -> None:
    assert explain(None) == []
