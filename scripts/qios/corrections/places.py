"""Which columns a person may correct: those that the registry lists for a canonical table."""

from collections.abc import Iterable, Mapping

from qios.errors import UsageError
from qios.paths import project_root
from qios.registry.constraints import allowed_values
from qios.registry.model import CANONICAL, Column, Registry, Relation
from qios.registry.seeds import seed_of

WRITERS = ("dbt", "applications")
POLICIES = ("canonical", "external_reference", "runtime")


def corrected_table(registry: Registry, name: str) -> Relation:
    """The table `schema.table`. Raises UsageError where it is none whose rows a person corrects."""
    relation = registry.relations.get(name)
    if relation is None or relation.family != CANONICAL:
        raise UsageError(
            f"{name}: no canonical table has this name (R0702)",
            "name it as schema.table, such as core.people; `qieos.tables` lists them",
        )
    if seed_of(relation.full_name) in registry.relations:
        raise UsageError(
            f"{name}: its rows are the image of a seed, which the next build would follow again",
            f"edit seeds/{relation.schema}/{relation.schema}__seed_{relation.name}.csv",
        )
    row = relation.row
    if row["written_by"] not in WRITERS or row["source_of_truth_policy"] not in POLICIES:
        raise UsageError(
            f"{name}: `qios` keeps this table itself (written_by {row['written_by']})",
            "correct the record that it tells of",
        )
    return relation


def corrected_columns(relation: Relation, names: Iterable[str]) -> dict[str, Column]:
    """The columns by name. Raises UsageError for one that is not there or not to be corrected."""
    found = {}
    columns = {column.name: column for column in relation.live_columns}
    own = {
        name: column
        for name, column in columns.items()
        if not column.implied and column.written_by in WRITERS
    }
    for name in names:
        if name not in own:
            if name not in columns:
                why = "is no column (R0704)"
            elif columns[name].implied:
                why = "is metadata, which no person corrects (§13)"
            else:
                why = "is kept by `qios` itself, as by `qios review merge` and `split`"
            raise UsageError(
                f"{relation.full_name}.{name} {why}", f"choose one of {', '.join(own)}"
            )
        found[name] = own[name]
    return found


def allowed_text(relation: Relation, columns: Mapping[str, Column]) -> str:
    """What each column takes, for the cure of a value that does not fit."""
    registry = Registry(project_root())
    return "; ".join(
        f"{name} takes " + (", ".join(values) if values else column.data_type)
        for name, column in columns.items()
        for values in [allowed_values(registry, relation, column)]
    )
