"""§12: relationships are explicit."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import NEXT, Broken, Evidence, rule

# A table with both says for each row where the id beside them points.
POLYMORPHIC = {"target_schema", "target_table"}


@rule("R1202")
def types_have_inverses(evidence: Evidence) -> Iterator[Broken]:
    rows = [
        r for r in evidence.registry.seeds["qieos.relationship_types"] if not r["deprecated_at"]
    ]
    inverses = {row["relationship_type"]: row["inverse"] for row in rows}
    by_key = {row["relationship_type"]: row for row in rows}
    known = set(evidence.registry.fields["entity_type"].items("allowed_values"))
    lonely = {key for key, inverse in inverses.items() if inverses.get(inverse) != key}
    # Whom a lonely one names is not told as well, unless they name each other in a ring.
    told = {key for key in lonely if inverses[key] not in lonely} or lonely
    for row in rows:
        if row["relationship_type"] in lonely - told:
            continue
        if row["relationship_type"] in told:
            detail = f"its inverse {row['inverse'] or '(none)'} does not name it back"
            yield Broken("R1202", row["relationship_type"], detail, row)
            continue
        said = by_key[row["inverse"]]
        if set(row.items("source_entity_types")) != set(said.items("target_entity_types")):
            detail = f"starts at {row['source_entity_types']}, and its inverse {row['inverse']} "
            detail += f"ends at {said['target_entity_types']}"
            yield Broken("R1202", row["relationship_type"], detail, row)
        for name in ("source_entity_types", "target_entity_types"):
            strange = set(row.items(name)) - known
            if strange:
                detail = f"{name} names {sorted(strange)[0]}, which is no type of entity"
                yield Broken("R1202", row["relationship_type"], detail, row)
                break


@rule("R1203", step=NEXT)
def ids_say_what_they_point_at(evidence: Evidence) -> Iterator[Broken]:
    """A uuid named like a reference is a foreign key, or its usage says why it cannot be."""
    for relation in evidence.registry.relations.values():
        names = {column.name for column in relation.live_columns}
        if relation.kind != "table" or relation.schema == "staging":
            continue
        for column in relation.live_columns:
            loose = column.name.endswith("_id") and column.data_type == "uuid"
            told = column.references or column.usage["notes"] or column.usage.cells["usage_notes"]
            if loose and not told and not (names >= POLYMORPHIC and column.name == "target_id"):
                thing = f"{relation.full_name}.{column.name}"
                yield Broken("R1203", thing, "looks like a reference and is none", column.usage)
