"""§14.4: one concept is one field."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule


@rule("R1404")
def names_belong_to_one_field(evidence: Evidence) -> Iterator[Broken]:
    """A field's key and its aliases are names of that field only."""
    fields = [f for f in evidence.registry.fields.values() if not f["deprecated_at"]]
    owners = {field["field_key"]: field["field_key"] for field in fields}
    for field in fields:
        for alias in field.items("aliases"):
            owner = owners.setdefault(alias, field["field_key"])
            if owner != field["field_key"]:
                thing = f"field {field['field_key']}"
                yield Broken("R1404", thing, f"its alias {alias} is the field {owner}", field)
