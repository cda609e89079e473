"""Which source claims a header: by its markers, the columns found, and the form of the values."""

import pytest

from qios.errors import Findings
from qios.intake.header import Match, SourceShape
from qios.intake.sources import Source, registered_sources
from qios.sources.claims import claims, strongest
from qios.sources.shapes import value_shape

CONTACTS = SourceShape(
    "zoho_contacts",
    {
        "record_id": ("Record Id", "Contact Id"),
        "last_name": ("Last Name",),
        "account_name": ("Account Name", "Company Name"),
        "email": ("Email", "E-mail"),
    },
    ("record_id", "last_name"),
)
PASSWORDS = SourceShape(
    "chrome_passwords",
    {"name": ("name",), "url": ("url",), "password": ("password",)},
    ("url", "password"),
)


def match_source(labels, sources, rows=()) -> Match | None:
    claim = strongest(claims(labels, sources, rows))
    return claim and claim.match


def test_a_source_is_found_by_its_markers_in_any_order_and_case():
    match = match_source(["\ufeffE-MAIL", "x", " last name ", "Contact Id"], [PASSWORDS, CONTACTS])
    assert match.source_key == "zoho_contacts"
    assert match.positions == {"email": 0, "last_name": 2, "record_id": 3}


def test_inner_spaces_are_part_of_a_label():
    assert match_source(["Record  Id", "Last Name"], [CONTACTS]) is None


def test_a_missing_marker_is_no_match():
    assert match_source(["Record Id", "Email"], [CONTACTS, PASSWORDS]) is None
    assert match_source([], [CONTACTS]) is None


def test_a_source_without_markers_claims_nothing():
    assert match_source(["a"], [SourceShape("any", {"a": ("a",)}, ())]) is None


def test_own_labels_come_before_aliases_and_twins_give_their_first():
    source = SourceShape("s", {"one": ("x", "y"), "two": ("y",)}, ("two",))
    assert match_source(["y", "x", "y"], [source]).positions == {"two": 0, "one": 1}
    assert match_source(["y"], [source]).positions == {"two": 0}


def test_more_columns_win_and_equal_claims_are_refused():
    small = SourceShape("small", {"url": ("url",)}, ("url",))
    assert match_source(["name", "url", "password"], [small, PASSWORDS]).source_key == (
        "chrome_passwords"
    )
    twin = SourceShape("edge_passwords", PASSWORDS.columns, PASSWORDS.header_markers)
    with pytest.raises(Findings, match="chrome_passwords, edge_passwords") as caught:
        match_source(["name", "url", "password"], [twin, PASSWORDS])
    assert caught.value.cure


def test_values_break_a_tie_that_headings_leave():
    numbered, addressed = (
        SourceShape(key, {"one": ("a",)}, ("one",), {"one": value_shape(parse_format)})
        for key, parse_format in (("numbered", "digits"), ("addressed", "email"))
    )
    for value, key in (("17", "numbered"), ("ana@example.com", "addressed")):
        assert match_source(["a"], [numbered, addressed], [[value], [""]]).source_key == key
    with pytest.raises(Findings, match="addressed, numbered"):
        match_source(["a"], [numbered, addressed], [["neither"]])


def test_values_of_another_form_make_it_less_sure_but_refuse_nothing():
    shape = registered_sources()["zoho_contacts"].shape
    labels = ["Record Id", "Last Name", "Email"]
    (good,) = claims(labels, [shape], [["zcrm_17", "Lind", "ana@example.com"]])
    (odd,) = claims(labels, [shape], [["4.87688E+18", "Lind", "ana at example"], ["", "Lind"]])
    assert (good.fitting, good.judged, odd.fitting, odd.judged) == (2, 2, 0, 2)
    assert good.holds
    assert odd.holds
    assert odd.score < good.score == 0.75


def test_missing_markers_are_named():
    (claim,) = claims(["Record Id", "Email"], [CONTACTS])
    assert not claim.holds
    assert claim.missing == ("last_name",)
    assert claim.score == round(0.5 * 2 / 3, 2)


@pytest.mark.parametrize("source", registered_sources().values(), ids=lambda source: source.key)
def test_every_registered_source_knows_its_own_headings_in_any_order(source: Source):
    labels = ["Something else", *sorted(known_by[0] for known_by in source.shape.columns.values())]
    shapes = [other.shape for other in registered_sources().values()]
    assert match_source(labels, shapes).source_key == source.key
