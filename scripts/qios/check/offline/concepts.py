"""§14.4: one concept is one field, and what was given up is used no more."""

from __future__ import annotations

from collections.abc import Iterator

from qios.change.deprecation import deprecated_in_use
from qios.check.catalogue import Broken, Evidence, rule
from qios.concepts.similar import near_duplicates


@rule("R1404")
def concepts_have_one_field(evidence: Evidence) -> Iterator[Broken]:
    for code, thing, detail in near_duplicates(evidence.registry):
        yield Broken(code, thing, detail)


@rule("R0720")
def nothing_deprecated_is_in_use(evidence: Evidence) -> Iterator[Broken]:
    for code, thing, detail in deprecated_in_use(evidence.registry):
        yield Broken(code, thing, detail)
