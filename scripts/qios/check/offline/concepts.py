"""§14.4: one concept is one field."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.concepts.similar import near_duplicates


@rule("R1404")
def concepts_have_one_field(evidence: Evidence) -> Iterator[Broken]:
    """Fields that look like one; a name that two of them have is the surest sign."""
    for key, detail in near_duplicates(evidence.registry):
        yield Broken("R1404", f"field {key}", detail, evidence.registry.fields[key])
