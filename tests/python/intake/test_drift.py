"""How a header differs from that of the last export."""

import pytest

from qios.intake.drift import Drift, compare
from qios.intake.sources import registered_sources

BEFORE = ["Record Id", "Last Name", "Email", "My field", "My field"]


@pytest.mark.parametrize(
    ("now", "drift", "said"),
    [
        (BEFORE, None, None),
        (
            [*BEFORE, "Pet"],
            Drift(("Pet",), (), (), False),
            "new: Pet",
        ),
        (
            ["Contact Id", "Last Name", "Email", "My field"],
            Drift((), ("My field#2",), (("Record Id", "Contact Id"),), False),
            "gone: My field#2; renamed: Record Id → Contact Id",
        ),
        (
            ["Email", "Contact Id", "Last Name", "My field", "My field"],
            Drift((), (), (("Record Id", "Contact Id"),), True),
            "renamed: Record Id → Contact Id; in another order",
        ),
        (
            # A heading that both have is not a new name of something else.
            ["Record Id", "Contact Id", "Last Name", "Email", "My field", "My field"],
            Drift(("Contact Id",), (), (), False),
            "new: Contact Id",
        ),
    ],
)
def test_columns_are_named(now, drift, said):
    found = compare(BEFORE, now, registered_sources()["zoho_contacts"])
    assert found == drift
    assert said is None or str(found) == said
