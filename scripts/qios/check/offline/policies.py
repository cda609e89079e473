"""§8: every table says what standing its rows have, and what it is made of agrees."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.specification import POLICIES
from qios.registry.model import Relation
from qios.registry.promotions import promotions

IMPORTED = {"source_file_id", "import_batch_id"}
# The schemas that know what is outside, and the columns that say where something lies there.
KNOW_OUTSIDE = {"qiconnect", "qinexus"}
LOCATORS = {"external_id", "external_ids", "store_locator"}


@rule("R0801")
def policies_are_declared(evidence: Evidence) -> Iterator[Broken]:
    field = evidence.registry.fields["source_of_truth_policy"]
    if field.items("allowed_values") != POLICIES:
        detail = f"allows other values than the specification: {', '.join(POLICIES)}"
        yield Broken("R0801", "field source_of_truth_policy", detail, field)
    for relation in evidence.registry.relations.values():
        policy = relation.row["source_of_truth_policy"]
        if policy not in POLICIES:
            detail = f"source_of_truth_policy is {policy or 'missing'}"
            yield Broken("R0801", relation.full_name, detail, relation.row)


@rule("R0802")
def policies_agree_along_the_lineage(evidence: Evidence) -> Iterator[Broken]:
    """The truth is not read from a cache, and what is derived is derived from something."""
    relations = evidence.registry.relations
    parents = parents_of(evidence)
    dependencies = [
        {row["field_key"], row["depends_on"]}
        for row in evidence.registry.seeds["qieos.field_dependencies"]
    ]
    for relation in relations.values():
        policy = relation.row["source_of_truth_policy"]
        made_of = parents.get(relation.full_name, set())
        if policy == "canonical":
            for parent in sorted(made_of):
                known = relations.get(parent)
                if known and known.row["source_of_truth_policy"] == "cached":
                    detail = f"is canonical and reads {parent}, which is only cached"
                    yield Broken("R0802", relation.full_name, detail, relation.row)
        fields = {column.field["field_key"] for column in relation.live_columns}
        of_itself = any(fields >= pair for pair in dependencies)
        detail = _without(relation, policy, bool(made_of) or of_itself)
        schema = evidence.schemas.get(relation.schema)
        # A policy that its schema does not allow is the finding of the schema's boundary.
        if detail and schema and policy in schema.items("allowed_policies"):
            yield Broken("R0802", relation.full_name, detail, relation.row)


def _without(relation: Relation, policy: str, is_made: bool) -> str:
    """What a table lacks to tell where its rows are from, or what they stand for.

    is_made: whether its model reads others, or its columns depend on each other.
    """
    names = {column.name for column in relation.live_columns}
    references = {c.references.partition(".")[0] for c in relation.live_columns if not c.implied}
    if policy == "derived" and not (is_made or references - {""}):
        return "is derived, but tells of nothing that it is derived from"
    if relation.kind != "table":
        return ""
    if policy == "imported" and not names & IMPORTED:
        return f"is imported, but has none of {', '.join(sorted(IMPORTED))}"
    if policy == "cached" and not (is_made or references - {""} or names & LOCATORS):
        return "is cached, but tells of nothing that it is a copy of"
    if policy == "external_reference" and not (references & KNOW_OUTSIDE or names & LOCATORS):
        return "is an external reference, but tells of nothing outside"
    return ""


def parents_of(evidence: Evidence) -> dict[str, set[str]]:
    """`schema.table` → the relations that its model reads, its promotions included."""
    reads: dict[str, set[str]] = {}
    for model in evidence.models:
        refs = evidence.macros.refs(model.code)
        named = {ref.replace("__", ".", 1) for ref in refs}
        reads[model.name] = named | model.named_outright
    for table, sources in promotions(evidence.registry).items():
        for source in sources:
            reads.setdefault(table, set()).update(reads.get(f"{source}__{table}", ()))
    return {
        name.replace("__", ".", 1): parents - {name.replace("__", ".", 1)}
        for name, parents in reads.items()
    }
