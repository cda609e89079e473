"""§7: what is generated is what the registry says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from qios.check.catalogue import LAST, Broken, Evidence, rule
from qios.check.finding import CODE
from qios.paths import text_of
from qios.registry.contracts import differing

PROPERTIES = re.compile(r"^(models|seeds|snapshots):", re.MULTILINE)
CHANGED = "has changed since its contract was made"


@rule("R0708", side=CODE, step=LAST)
def stale_contracts(evidence: Evidence) -> Iterator[Broken]:
    """Every column, relation or file that is not as the registry generates it."""
    found = list(_stale(evidence))
    # A seed of which only the seal differs: what its rows made stale says more.
    yield from [broken for broken in found if broken.detail != CHANGED] or found


@rule("R0708", side=CODE)
def contracts_stand_alone(evidence: Evidence) -> Iterator[Broken]:
    """Beside the generated files dbt finds unit tests, and no second word about a relation."""
    generated = re.compile(r"_[a-z]+__(contracts|seeds)\.yml")
    for path in evidence.properties:
        text = text_of(evidence.root / path)
        if not generated.fullmatch(path.name) and PROPERTIES.search(text):
            yield Broken("R0708", path.as_posix(), "tells of relations a second time", path)


def _stale(evidence: Evidence) -> Iterator[Broken]:
    for path, committed, text in differing(evidence.registry):
        if path.suffix == ".yml" and committed:
            yield from _stale_entries(path, committed, text)
        else:
            line = _first_difference(committed, text)
            detail = "differs from the registry" if committed else "is missing"
            yield Broken("R0708", path.as_posix(), detail, (path, line))


def _stale_entries(path: Path, committed: str, text: str) -> Iterator[Broken]:
    there, wanted = _entries(committed), _entries(text)
    found = False
    for name in sorted(there.keys() | wanted.keys()):
        if there.get(name) != wanted.get(name):
            found = True
            where = (path, _line_of(committed, name[0]))
            for thing, detail in _differences(name, there.get(name), wanted.get(name)):
                yield Broken("R0708", thing, detail, where)
    if not found:
        place = (path, _first_difference(committed, text))
        yield Broken("R0708", path.as_posix(), "differs from the registry", place)


def _entries(text: str) -> dict[tuple[str, str], dict[str, Any]]:
    """(dbt name, `models` or `seeds`) → the entry."""
    try:
        document = yaml.load(text, yaml.CSafeLoader) or {}
    except yaml.YAMLError:
        return {}
    return {
        (entry["name"], kind): entry
        for kind in ("models", "seeds")
        for entry in document.get(kind, ())
    }


def _differences(
    name: tuple[str, str], there: dict[str, Any] | None, wanted: dict[str, Any] | None
) -> Iterator[tuple[str, str]]:
    """(object, what is wrong): the columns where only columns differ, else the relation."""
    thing = name[0].replace("__", ".", 1)
    if there is None or wanted is None:
        yield thing, "has no contract" if there is None else "has a contract, but is not registered"
        return
    columns = [{column["name"]: column for column in e.get("columns", ())} for e in (there, wanted)]
    names = [n for n in columns[0] | columns[1] if columns[0].get(n) != columns[1].get(n)]
    for column in names:
        yield f"{thing}.{column}", "its contract differs from the registry"
    if not names:
        for entry in (there, wanted):
            entry["config"]["meta"].pop("contract_hash", None)
        yield thing, "its contract differs from the registry" if there != wanted else CHANGED


def _line_of(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line == f"- name: {name}":
            return number
    return 1


def _first_difference(committed: str, text: str) -> int:
    lines = zip(committed.splitlines(), text.splitlines(), strict=False)
    return next((number for number, (a, b) in enumerate(lines, 1) if a != b), 1)
