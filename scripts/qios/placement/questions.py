"""The five questions of section 6.2, answered for a table as far as the registry can."""

from collections import Counter

from qios.registry.model import Registry, Relation


def answers(registry: Registry, relation: Relation) -> list[dict[str, str]]:
    """{question, answer}, in the order of the specification."""
    found = {
        "What does this record mean?": relation.row["purpose"],
        "Which module owns that meaning?": _owner(registry, relation),
        "Which module governs its lifecycle?": _lifecycle(registry, relation),
        "Which module would be damaged if this data were wrong?": _damage(registry, relation),
        "Which module needs permission/control over this data?": _control(registry, relation),
    }
    return [{"question": question, "answer": answer} for question, answer in found.items()]


def _owner(registry: Registry, relation: Relation) -> str:
    schema = _row(registry, "qieos.schemas", "schema_name", relation.schema)
    module = _row(registry, "qieos.modules", "module_key", schema["owning_module"])
    return f"{module['display_name']}, which {module['verb']}: {module['purpose']}"


def _lifecycle(registry: Registry, relation: Relation) -> str:
    module = _row(registry, "qieos.modules", "module_key", relation.row["owner"])
    groups = [c.usage["status_group"] for c in relation.columns if c.usage["status_group"]]
    states = f"; its states are those of {groups[0]}" if groups else ""
    policy, writer = relation.row["source_of_truth_policy"], relation.row["written_by"]
    return f"{module['display_name']}: {policy} data, written by {writer}{states}."


def _damage(registry: Registry, relation: Relation) -> str:
    """The tables with a foreign key to it would be wrong as well."""
    pointing = Counter(
        other.schema
        for other in registry.relations.values()
        if any(c.references.startswith(f"{relation.full_name}.") for c in other.live_columns)
    )
    others = ", ".join(f"{number} in {schema}" for schema, number in sorted(pointing.items()))
    if not others:
        return f"{relation.schema} alone: no other table refers to it."
    return f"{relation.schema}, and the tables that refer to it: {others}."


def _control(registry: Registry, relation: Relation) -> str:
    level = _row(
        registry, "qivault.sensitivity_levels", "level_key", relation.row["sensitivity_level"]
    )
    kinds = sorted({c.field["data_category"] for c in relation.columns} - {"", "none"})
    holds = f", with {', '.join(kinds)} data" if kinds else ""
    return (
        f"{relation.schema}: it is {level['level_key']}{holds}, readable by {level['reader_role']}."
    )


def _row(registry: Registry, seed: str, column: str, value: str):
    return next(row for row in registry.seeds[seed] if row[column] == value)
