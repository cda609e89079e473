"""What the columns of a typed view say of a person or an organization: as the registry has it.

The column that holds the entity is known by what it references, the others by their fields: a
person's stand as they are called, an organization's begin with the same word as its key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.matching.party import ORGANIZATION, PERSON
from qios.paths import project_root
from qios.registry.model import Registry

KINDS = {"core.people.entity_id": PERSON, "core.organizations.entity_id": ORGANIZATION}
KEY = "entity_id"
ADDRESS = ("street_address", "extended_address", "locality", "postal_code")


@dataclass(frozen=True)
class Described:
    """key: the view's column with the entity's id. columns: field key → the columns of it."""

    kind: str
    key: str
    columns: dict[str, tuple[str, ...]]

    def one(self, field: str) -> sql.Composable:
        """The first column of a field, as text; null where there is none."""
        names = self.columns.get(field, ())
        return (
            sql.SQL("row.{}::text").format(sql.Identifier(names[0])) if names else sql.SQL("null")
        )

    def all(self, field: str) -> sql.Composable:
        """The values of all columns of a field as an array without nulls."""
        names = [sql.SQL("row.{}").format(sql.Identifier(n)) for n in self.columns.get(field, ())]
        return sql.SQL("array_remove(array[{}]::text[], null)").format(sql.SQL(", ").join(names))

    def addresses(self) -> sql.Composable:
        """{street, extended, locality, postcode} of each address that has any of them."""
        lines = [
            sql.SQL("({})").format(
                sql.SQL(", ").join(_part(self.columns, start, field) for field in ADDRESS)
            )
            for start in _starts(self.columns.get("street_address", ()))
        ]
        if not lines:
            return sql.SQL("null::text[]")
        return sql.SQL(
            "(select array_agg(array[street, extended, locality, postcode]) from (values {})"
            " as address (street, extended, locality, postcode)"
            " where coalesce(street, locality, postcode) is not null)"
        ).format(sql.SQL(", ").join(lines))


@cache
def described(source: Source) -> tuple[Described, ...]:
    """The people and organizations that a row of the source may tell of."""
    columns = Registry(project_root()).relations[f"{STAGING}.{source.view}"].live_columns
    keys = {c.name: KINDS[c.references] for c in columns if c.references in KINDS}
    found = []
    for key, kind in keys.items():
        own = key.removesuffix(KEY)
        others = tuple(k.removesuffix(KEY) for k in keys if k != key and k != KEY)
        names: dict[str, tuple[str, ...]] = {}
        for column in columns:
            if column.name.startswith(own) and not (others and column.name.startswith(others)):
                field = column.field["field_key"]
                names[field] = (*names.get(field, ()), column.name)
        found.append(Described(kind, key, names))
    return tuple(found)


def _starts(streets: Sequence[str]) -> list[str]:
    """`mailing_street` → `mailing_`: what the names of one address's columns begin with."""
    return [name[: name.rfind("_") + 1] for name in streets]


def _part(columns: dict[str, tuple[str, ...]], start: str, field: str) -> sql.Composable:
    for name in columns.get(field, ()):
        if name.startswith(start):
            return sql.SQL("row.{}").format(sql.Identifier(name))
    return sql.SQL("null::text")
