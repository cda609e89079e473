"""What a heading means: the fields of the registry that it names, and the tables that have them."""

import re
from collections.abc import Sequence
from functools import cached_property

from qios.registry.model import CANONICAL, Registry, Relation

SEPARATORS = re.compile(r"[\W_]+")


class Meanings:
    """The registry's fields by name, and its canonical tables by field."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def fields_of(self, heading: str) -> Sequence[str]:
        """The keys of the fields that go by this name: as key, display name or alias."""
        return self._fields.get(_normal(heading), ())

    def fields_of_column(self, view: str, column: str) -> Sequence[str]:
        """The field of a column of a typed view of the schema staging."""
        relation = self._registry.relations.get(f"staging.{view}")
        columns = relation.columns if relation else ()
        return [c.usage["field_key"] for c in columns if c.name == column]

    def tables_of(self, field_key: str) -> Sequence[Relation]:
        """The canonical tables that have the field as a column of their own."""
        return self._tables.get(field_key, ())

    @cached_property
    def _fields(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, field in self._registry.fields.items():
            names = {_normal(n) for n in (key, field["display_name"], *field.items("aliases"))}
            for name in names:
                found.setdefault(name, []).append(key)
        return found

    @cached_property
    def _tables(self) -> dict[str, list[Relation]]:
        found: dict[str, list[Relation]] = {}
        for relation in self._registry.relations.values():
            if relation.family != CANONICAL:
                continue
            for key in {c.usage["field_key"] for c in relation.live_columns if not c.implied}:
                found.setdefault(key, []).append(relation)
        return found


def _normal(name: str) -> str:
    return SEPARATORS.sub("_", name.casefold()).strip("_")
