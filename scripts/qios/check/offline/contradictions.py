"""§7: rows of a registry that contradict themselves, or each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qios.check.catalogue import FIRST, Broken, Evidence, rule
from qios.check.offline.cells import no_pattern, no_value
from qios.registry.constraints import allowed_values

QUOTED = re.compile(r"'([^']*)'")


@rule("R0710", step=FIRST)
def patterns_keep_their_examples(evidence: Evidence) -> Iterator[Broken]:
    """A standard that its own examples contradict holds no name to anything."""
    for row in evidence.registry.seeds["qieos.naming_standards"]:
        if row["deprecated_at"] or no_pattern(row["pattern"]):
            continue
        required, found = row["effect"] == "required", re.compile(row["pattern"]).search
        for cell, fits in (("bad_example", not required), ("good_example", required)):
            # What is categorised is no bad name: its good example may match, too.
            judged = row[cell] and (cell, row["effect"]) != ("good_example", "categorised")
            if judged and bool(found(row[cell])) != fits:
                thing = f"qieos.naming_standards {row['standard_key']}"
                detail = f"its pattern contradicts its {cell} {row[cell]}"
                yield Broken("R0710", thing, detail, row)
                break


@rule("R0710")
def defaults_are_allowed(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        for column in relation.live_columns:
            said = QUOTED.fullmatch(column.default)
            allowed = allowed_values(evidence.registry, relation, column) if said else ()
            # A default that repeats its table's level is judged there.
            repeats = column.field["field_key"] == "sensitivity_level"
            thing = f"{relation.full_name}.{column.name}"
            if said and not allowed and (wrong := no_value(column, said.group(1))):
                yield Broken("R0710", thing, f"its default {wrong}", column.usage)
            if allowed and said.group(1) not in allowed and not repeats:
                detail = f"its default {column.default} is none of {', '.join(allowed)}"
                yield Broken("R0710", thing, detail, column.usage)


@rule("R0710")
def statuses_are_in_order(evidence: Evidence) -> Iterator[Broken]:
    """What is over leads nowhere, and each status of a group has a place of its own."""
    places: set[tuple[str, str]] = set()
    for row in evidence.registry.seeds["qieos.statuses"]:
        thing = f"qieos.statuses {row['status_group']}.{row['status_key']}"
        place = row["status_group"], row["position"]
        if row.flag("is_terminal") and row["allowed_next"]:
            yield Broken("R0710", thing, f"is terminal, and leads to {row['allowed_next']}", row)
        if place in places:
            yield Broken("R0710", thing, f"has the position {place[1]} of another status", row)
        places.add(place)


@rule("R0710")
def checks_have_names(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        for check in relation.row.items("checks"):
            if ": " not in check:
                detail = f"its check {check} has no name; write it as `name: condition`"
                yield Broken("R0710", relation.full_name, detail, relation.row)


@rule("R0710")
def columns_were_renamed_once(evidence: Evidence) -> Iterator[Broken]:
    for relation in evidence.registry.relations.values():
        heirs: set[str] = set()
        for column in relation.live_columns:
            if (was := column.usage["renamed_from"]) and was in heirs:
                thing = f"{relation.full_name}.{column.name}"
                yield Broken("R0710", thing, f"another column was {was}, too", column.usage)
            heirs.add(was)
