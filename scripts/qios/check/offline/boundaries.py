"""§4, §6.2: what the tables of a module may be, and which modules they may point at."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.specification import BOUNDARIES, LEVELS, POLICIES
from qios.registry.model import Relation

RULES = tuple(code for code, _ in BOUNDARIES.values())
VAULT = "qivault.secret_refs."
HOME_OF_SECRETS = {"qiconnect": "R0407", "qivault": "R0409"}


@rule(*RULES)
def boundaries_are_the_specification_s(evidence: Evidence) -> Iterator[Broken]:
    """A schema of section 4 names its rule, and allows its tables no more than that comes to."""
    for name, (code, widest) in BOUNDARIES.items():
        schema = evidence.schemas.get(name)
        if schema is None:
            continue
        allowed = schema.items("allowed_policies")
        if schema["boundary_rule"] != code:
            said = schema["boundary_rule"] or "empty"
            yield Broken(code, name, f"its boundary_rule is {said}, not {code}", schema)
        elif not allowed:
            yield Broken(code, name, "allows its tables no policy at all", schema)
        elif beyond := sorted(set(allowed) - widest):
            yield Broken(code, name, f"allows tables that are {', '.join(beyond)}", schema)


@rule(*RULES)
def policies_fit_their_module(evidence: Evidence) -> Iterator[Broken]:
    """A schema's `allowed_policies` are what its rule of section 4 comes to for a table."""
    for relation in _tables(evidence):
        schema = evidence.schemas.get(relation.schema)
        policy = relation.row["source_of_truth_policy"]
        allowed = schema.items("allowed_policies") if schema else ()
        if allowed and schema["boundary_rule"] and policy in POLICIES and policy not in allowed:
            detail = f"is {policy}; {relation.schema} holds only {', '.join(allowed)} tables"
            yield Broken(schema["boundary_rule"], relation.full_name, detail, relation.row)


@rule("R0401")
def core_is_not_repeated(evidence: Evidence) -> Iterator[Broken]:
    core = {relation.name for relation in _tables(evidence) if relation.schema == "core"}
    for relation in _tables(evidence):
        if relation.schema not in ("core", "staging") and relation.name in core:
            detail = f"repeats core.{relation.name}"
            yield Broken("R0401", relation.full_name, detail, relation.row)


@rule("R0404", "R1405")
def exports_stay_in_staging(evidence: Evidence) -> Iterator[Broken]:
    """A table named after a provider or a source is the landing place of its export."""
    seeds = evidence.registry.seeds
    names = {row["source_key"] for row in seeds["qinexus.sources"]}
    names |= {row["provider_key"] for row in seeds["qinexus.sources"] if row["provider_key"]}
    for relation in _tables(evidence):
        of = [name for name in sorted(names) if f"{relation.name}_".startswith(f"{name}_")]
        if of and relation.schema != "staging" and not relation.name.endswith(_SAID_BY_A_STANDARD):
            code = "R0404" if relation.schema == "qinexus" else "R1405"
            detail = f"is named after {of[-1]}, whose rows belong in staging"
            yield Broken(code, relation.full_name, detail, relation.row)


_SAID_BY_A_STANDARD = ("_import", "_imports", "_imported", "_raw")


@rule("R0405")
def captures_have_no_meaning(evidence: Evidence) -> Iterator[Broken]:
    """What qiaccess is the truth of (its routes and surfaces) holds no protected data."""
    for relation in _tables(evidence):
        if relation.schema == "qiaccess" and relation.row["source_of_truth_policy"] == "canonical":
            for column in relation.live_columns:
                category = column.field["data_category"]
                if category not in ("none", "") and not column.implied:
                    thing = f"{relation.full_name}.{column.name}"
                    detail = f"holds {category} data in a canonical table of the access layer"
                    yield Broken("R0405", thing, detail, column.usage)


@rule("R0407", "R0409", "R1403")
def secrets_are_references(evidence: Evidence) -> Iterator[Broken]:
    """What has the highest level is a credential: its column says where it lies, no more."""
    for relation in _tables(evidence):
        for column in relation.live_columns:
            if column.field["sensitivity_level"] == LEVELS[-1] and not column.references.startswith(
                VAULT
            ):
                code = HOME_OF_SECRETS.get(relation.schema, "R1403")
                thing = f"{relation.full_name}.{column.name}"
                yield Broken(code, thing, "is secret and no reference to a secret", column.usage)


@rule("R0411")
def references_keep_to_the_matrix(evidence: Evidence) -> Iterator[Broken]:
    """A foreign key leaves its schema only for one that the schema's `may_reference` names.

    Where a row was imported from is section 13's, and the same for all.
    """
    for relation in _tables(evidence):
        schema = evidence.schemas.get(relation.schema)
        if schema is None:
            continue
        for column in relation.live_columns:
            target = column.references.partition(".")[0]
            allowed = (relation.schema, *schema.items("may_reference"))
            known = target in evidence.schemas
            if target not in allowed and known and not column.implied:
                thing = f"{relation.full_name}.{column.name}"
                detail = f"points at {column.references}; {relation.schema} may not point there"
                yield Broken("R0411", thing, detail, column.usage)


@rule("R0602")
def owners_are_their_schemas(evidence: Evidence) -> Iterator[Broken]:
    """A table is owned by its schema's module, and its name speaks of no other."""
    modules = {row["module_key"] for row in evidence.registry.seeds["qieos.modules"]}
    given_away = _given_away(evidence)
    for name, owners in given_away.items():
        detail = f"is owned by {evidence.schemas[name]['owning_module']}, its tables by {owners}"
        yield Broken("R0602", name, detail, evidence.schemas[name])
    for relation in evidence.registry.relations.values():
        schema, owner = evidence.schemas.get(relation.schema), relation.row["owner"]
        told = schema is None or relation.schema in given_away
        # An owner that is no module is the finding of R0706.
        known = not told and {owner, schema["owning_module"]} <= modules | {""}
        if known and owner != schema["owning_module"]:
            detail = f"is owned by {owner or 'nobody'}, its schema by {schema['owning_module']}"
            yield Broken("R0602", relation.full_name, detail, relation.row)
        others = modules & set(relation.name.split("_")) - {relation.schema, "core", "staging"}
        for other in sorted(others):
            detail = f"speaks of {other}: the meaning of its rows is there"
            yield Broken("R0602", relation.full_name, detail, relation.row)


def _given_away(evidence: Evidence) -> dict[str, str]:
    """Schema → its tables' owners, where not one of several tables has the schema's owner."""
    modules = {row["module_key"] for row in evidence.registry.seeds["qieos.modules"]}
    found = {}
    for name, schema in evidence.schemas.items():
        own = [r.row["owner"] for r in evidence.registry.relations.values() if r.schema == name]
        strangers = (
            schema["owning_module"] not in own and {schema["owning_module"], *own} <= modules
        )
        if len(own) > 1 and strangers:
            found[name] = ", ".join(sorted(set(own)))
    return found


def _tables(evidence: Evidence) -> Iterator[Relation]:
    for relation in evidence.registry.relations.values():
        if relation.kind == "table":
            yield relation
