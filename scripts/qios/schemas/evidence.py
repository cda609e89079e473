"""What the registry knows about the eight criteria of the creation test, for a would-be schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from qios.check.specification import CRITERIA
from qios.registry.model import Registry, Relation
from qios.registry.promotions import promotions
from qios.registry.seeds import SeedRow

MANY_TABLES = 5
NO_TABLES = "no table of it is registered yet"
SHARED_STATUSES = "record_status"  # the life that every record has, and no life of its own

# The criteria in the words of the specification.
QUESTIONS = dict(
    zip(
        CRITERIA,
        (
            "It has its own lifecycle.",
            "It has its own permissions model.",
            "It has many tables.",
            "It has independent business logic.",
            "It integrates with external systems.",
            "It has sensitive boundaries.",
            "It has a separate product/app identity.",
            "It would become messy if forced into another schema.",
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class Evidence:
    """What the registry says about one criterion.

    `met` is None where only a person can tell; then `found` is what that person should know.
    """

    criterion: str
    met: bool | None
    found: str


@dataclass(frozen=True)
class Domain:
    """A would-be schema: its name, the module that owns it today, the tables that it would take
    from others, and the names of those that would be new."""

    registry: Registry
    name: str
    owner: str
    tables: tuple[Relation, ...]
    planned: tuple[str, ...] = ()

    @cached_property
    def ranks(self) -> dict[str, int]:
        levels = self.registry.seeds["qivault.sensitivity_levels"]
        return {row["level_key"]: int(row["rank"]) for row in levels}

    @cached_property
    def home(self) -> str:
        """The schema of most of its tables, else the one that its owner has today."""
        schemas = [table.schema for table in self.tables] or [self.owner]
        return max(dict.fromkeys(schemas), key=schemas.count)

    @cached_property
    def home_row(self) -> SeedRow:
        rows = self.registry.seeds["qieos.schemas"]
        return next(row for row in rows if row["schema_name"] == self.home)

    @property
    def default(self) -> str:
        """The default level of its home."""
        return self.home_row["default_sensitivity"]


def tables_of_domain(registry: Registry, name: str, owner: str, purpose: str) -> list[Relation]:
    """Live tables whose names have a word of the domain: its name in any schema, `care` in
    care_logs, and the words of its purpose in the schema of its owner."""
    own, told = {_stem(name)}, {_stem(word) for word in re.findall(r"[a-z]{4,}", purpose.lower())}
    return [
        relation
        for relation in registry.relations.values()
        if relation.kind == "table"
        and relation.schema != "staging"
        and (own | told if relation.schema == owner else own)
        & {_stem(part) for part in relation.name.split("_")}
    ]


def _stem(word: str) -> str:
    """`financial` and `finances` as `financ`: enough to find a candidate, a person judges it."""
    return re.sub(r"(?:ial|es?|al|s)$", "", word)


def evidence(domain: Domain) -> Iterator[Evidence]:
    """The eight criteria in their order, each with what was found."""
    for criterion in CRITERIA:
        met, found = _SEARCHES[criterion](domain)
        yield Evidence(criterion, met, found)


def _lifecycle(domain: Domain) -> tuple[bool | None, str]:
    groups = sorted(
        {
            column.usage["status_group"]
            for table in domain.tables
            for column in table.live_columns
            if column.usage["status_group"] not in ("", SHARED_STATUSES)
        }
    )
    if not groups:
        return None, "no table of it has statuses of its own"
    return None, f"its tables have statuses of their own: {', '.join(groups)}"


def _permissions(domain: Domain) -> tuple[bool | None, str]:
    own = [t.row["sensitivity_level"] for t in domain.tables if t.schema == domain.home]
    other = sorted({level for level in own if level != domain.default})
    said = f"{domain.home} is read as {domain.default}; "
    return None, said + (f"tables of it as {', '.join(other)}" if other else "so are its tables")


def _many_tables(domain: Domain) -> tuple[bool | None, str]:
    names = (*(table.full_name for table in domain.tables), *domain.planned)
    found = f"{len(names)}, and {MANY_TABLES} are many: {', '.join(names) or 'none'}"
    return len(names) >= MANY_TABLES, found


def _business_logic(domain: Domain) -> tuple[bool | None, str]:
    checks = [table.full_name for table in domain.tables if table.row["checks"]]
    found = f"rules over several columns at {', '.join(checks)}" if checks else "no table has rules"
    return None, found


def _external_systems(domain: Domain) -> tuple[bool | None, str]:
    fed = promotions(domain.registry)
    sources = sorted({s for table in domain.tables for s in fed.get(table.dbt_name, ())})
    if not domain.tables:
        return None, NO_TABLES
    if not sources:
        return False, "no source feeds its tables"
    return True, f"fed by {', '.join(sources)}"


def _sensitive_boundaries(domain: Domain) -> tuple[bool | None, str]:
    """Its fields are more sensitive than most, or of a category that the law knows."""
    if not domain.tables:
        return None, NO_TABLES
    threshold = domain.ranks["sensitive"]
    fields = {
        column.field["field_key"]: column.field
        for table in domain.tables
        for column in table.live_columns
        if not column.implied
    }
    grave = [
        key
        for key, field in fields.items()
        if domain.ranks.get(field["sensitivity_level"], 0) >= threshold
    ]
    kinds = sorted({fields[key]["data_category"] for key in grave} - {"none", ""})
    named = f" ({', '.join(kinds)})" if kinds else ""
    return bool(grave), f"{len(grave)} of its {len(fields)} fields are sensitive or more{named}"


def _identity(domain: Domain) -> tuple[bool | None, str]:
    apps = [
        row["app_key"]
        for row in domain.registry.seeds["qisystem.apps"]
        if domain.name in row["app_key"].split("_")
    ]
    return None, f"qisystem.apps has {', '.join(apps) or 'no app of that name'}"


def _messy_elsewhere(domain: Domain) -> tuple[bool | None, str]:
    size = sum(
        relation.schema == domain.home and relation.kind == "table"
        for relation in domain.registry.relations.values()
    )
    inside = sum(table.schema == domain.home for table in domain.tables)
    return None, f"{inside} of the {size} tables of {domain.home} would leave it"


_SEARCHES: dict[str, Callable[[Domain], tuple[bool | None, str]]] = dict(
    zip(
        CRITERIA,
        (
            *(_lifecycle, _permissions, _many_tables, _business_logic),
            *(_external_systems, _sensitive_boundaries, _identity, _messy_elsewhere),
        ),
        strict=True,
    )
)
