"""§8: every table says what standing its rows have, and what it is made of agrees."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.specification import POLICIES
from qios.registry.model import Relation
from qios.registry.promotions import promotions

IMPORTED = {"source_file_id", "import_batch_id"}


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
        detail = _without(relation, policy)
        if detail:
            yield Broken("R0802", relation.full_name, detail, relation.row)
        fields = {column.field["field_key"] for column in relation.live_columns}
        named = any(c.references and not c.implied for c in relation.live_columns)
        of_itself = any(fields >= pair for pair in dependencies)
        if policy == "derived" and not (made_of or named or of_itself):
            detail = "is derived, but tells of nothing that it is derived from"
            yield Broken("R0802", relation.full_name, detail, relation.row)


def _without(relation: Relation, policy: str) -> str:
    """What a table of imported rows lacks to tell where they are from."""
    names = {column.name for column in relation.live_columns}
    if policy == "imported" and relation.kind == "table" and not names & IMPORTED:
        return f"is imported, but has none of {', '.join(sorted(IMPORTED))}"
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
