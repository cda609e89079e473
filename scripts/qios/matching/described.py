"""What the columns of a typed view say of a person or an organization: as the registry has it.

The column that holds the entity is known by what it references, the others by their fields: a
person's stand as they are called, an organization's begin with the same word as its key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.several import FURTHER_VALUES, values_said
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
        names = self.columns.get(field, ())
        if not names:
            return sql.SQL("array[]::text[]")
        return sql.SQL(
            "array(select value from ({}) as cell (value) where value is not null)"
        ).format(self._said([name] for name in names))

    def addresses(self) -> sql.Composable:
        """{street, extended, locality, postcode} of each address that has any of them."""
        starts = _starts(self.columns.get("street_address", ()))
        if not starts:
            return sql.SQL("null::text[]")
        lines = ([self._part(start, field) for field in ADDRESS] for start in starts)
        return sql.SQL(
            "(select array_agg(array[street, extended, locality, postcode]) from ({})"
            " as address (street, extended, locality, postcode)"
            " where coalesce(street, locality, postcode) is not null)"
        ).format(self._said(lines))

    def _said(self, lines: Iterable[Sequence[str | sql.Composable]]) -> sql.Composable:
        return values_said(lines, FURTHER_VALUES in self.columns)

    def _part(self, start: str, field: str) -> str | sql.Composable:
        """The column of a part of the address whose columns begin so."""
        named = (name for name in self.columns.get(field, ()) if name.startswith(start))
        return next(named, sql.SQL("null::text"))


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
