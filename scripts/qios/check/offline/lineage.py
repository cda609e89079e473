"""§9: what is as sensitive as its origin, by the column flows that `qios lineage` reads."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import LAST, NEXT, Broken, Evidence, rule
from qios.check.finding import CODE
from qios.errors import QiosError
from qios.lineage.compiled import models
from qios.lineage.flows import FLOWS, leaks, read_flows, unread_models


@rule("R0909", step=NEXT)
def sensitivity_flows_along(evidence: Evidence) -> Iterator[Broken]:
    for leak in leaks(evidence.registry, evidence.registry.seeds[FLOWS]):
        yield Broken("R0909", *leak)


@rule("R0708", "R0909", side=CODE, step=LAST)
def changed_models_are_read_again(evidence: Evidence) -> Iterator[Broken]:
    """Models that changed since their flows were read: what is wrong with the new flows, else that
    they have to be read. dbt is started only where there are such models."""
    unread = list(unread_models(evidence.registry))
    changed = [model for model in models(evidence.root) if model.path in unread]
    try:
        rows = list(read_flows(evidence.registry, changed)) if changed else []
    except QiosError:
        rows = []
    leaking = set()
    for model in changed:
        own = [row for row in rows if row["model_path"] == model.path.as_posix()]
        for leak in leaks(evidence.registry, own):
            leaking.add(model.path)
            yield Broken("R0909", *leak, at=model.path)
    for path in unread:
        if path not in leaking:
            there = path if (evidence.root / path).exists() else None
            detail = "its column flows are not those that the registry was told of"
            yield Broken("R0708", path.as_posix(), detail, there, "run `qios lineage`")
