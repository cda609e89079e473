"""§7: what is deprecated says what to use instead, and nothing uses it after its day."""

from __future__ import annotations

from collections.abc import Iterator

from qios.change.deprecation import deprecated_in_use
from qios.check.catalogue import NEXT, Broken, Evidence, rule


@rule("R0720", step=NEXT)
def deprecated_is_not_in_use(evidence: Evidence) -> Iterator[Broken]:
    for name, detail, row in deprecated_in_use(evidence.registry):
        yield Broken("R0720", name, detail, row)
