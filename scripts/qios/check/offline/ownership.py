"""§17: nothing makes it less clear who owns what."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.specification import VERBS
from qios.registry.seeds import SeedRow


@rule("R1701")
def purposes_are_told_apart(evidence: Evidence) -> Iterator[Broken]:
    """Modules, schemas and tables of one purpose have two owners, those without have none."""
    told: dict[str, str] = {}
    for thing, row in _things(evidence):
        purpose = row["purpose"].strip().casefold()
        if not purpose:
            yield Broken("R1701", thing, "has no purpose", row)
        elif purpose in told:
            yield Broken("R1701", thing, f"has the purpose of {told[purpose]}", row)
        told.setdefault(purpose, thing)


@rule("R1701")
def verbs_are_told_apart(evidence: Evidence) -> Iterator[Broken]:
    told: dict[str, str] = {}
    for row in evidence.registry.seeds["qieos.modules"]:
        verb = row["verb"].strip().casefold()
        if verb != VERBS.get(row["module_key"], verb) and verb not in VERBS.values():
            detail = f"{verb or 'says nothing'}; the specification says: {VERBS[row['module_key']]}"
            yield Broken("R1701", row["module_key"], detail, row)
        elif verb in told:
            detail = f"has the verb of {told[verb]}: {verb or '(none)'}"
            yield Broken("R1701", row["module_key"], detail, row)
        told.setdefault(verb, row["module_key"])


def _things(evidence: Evidence) -> Iterator[tuple[str, SeedRow]]:
    for row in evidence.schemas.values():
        yield row["schema_name"], row
    for relation in evidence.registry.relations.values():
        if relation.kind == "table":
            yield relation.full_name, relation.row
