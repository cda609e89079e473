"""People of a test in the database of a built project, and sources that speak of them."""

import json
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from qios.identity.belonging import Table, facets, followers, links
from qios.identity.survivorship import settle_entities
from qios.ids import stable_id

SOURCE = "zoho_contacts"
TIMES = {"created_at", "updated_at", "tagged_at", "noted_at", "merged_at", "attached_at"}
HOME = sql.SQL("(select coalesce(canonical_entity_id, id) from core.entities where id = %s)")


@dataclass
class People:
    """Some people, known by their number. `ids` are those of their entities."""

    database: psycopg.Connection
    number: int
    source: str = SOURCE
    ids: list[uuid.UUID] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids = [uuid.uuid4() for _ in range(self.number)]
        for number, entity in enumerate(self.ids):
            name = f"Person {number}"
            self.database.execute(
                "insert into core.entities (id, entity_type, display_name, source_system)"
                " values (%s, 'person', %s, %s)",
                [entity, name, self.source],
            )
            row = self.person(number)
            said = {"entity_id": str(entity), "full_name": name}
            self.database.execute(
                "insert into core.people (id, entity_id, full_name, source_system)"
                " values (%s, %s, %s, %s)",
                [row, entity, name, self.source],
            )
            self.word(row, "core.people", said)
            self.word(entity, "core.entities", {"entity_type": "person", "display_name": name})

    def person(self, number: int) -> uuid.UUID:
        """The id of the row in core.people."""
        return stable_id("core.people", str(self.ids[number]))

    def word(self, row: uuid.UUID, table: str, values: dict[str, Any]) -> None:
        """What the source says last of a row."""
        schema, name = table.split(".")
        self.database.execute(
            """
            insert into qinexus.source_values as word
                (id, target_schema, target_table, source_values, source_system)
            values (%s, %s, %s, %s, %s)
            on conflict (id) do update set
                source_values = word.source_values || excluded.source_values, updated_at = now()
            """,
            [row, schema, name, Jsonb(values), self.source],
        )

    def says(self, number: int, column: str, value: str) -> None:
        """A source says something new of a person, as a promotion takes it; then it is settled."""
        row, name = self.person(number), sql.Identifier(column)
        statement = sql.SQL(
            """
            update core.people as held set {name} = %(value)s, updated_at = now()
            from qinexus.source_values as word
            where word.id = held.id and held.id = %(row)s
                and to_jsonb(held.{name}) is not distinct from
                    coalesce(word.source_values -> %(column)s, 'null')
                and not exists (
                    select from core.surviving_values as shown
                    where shown.id = held.id and shown.surviving_values ? %(column)s
                )
            """
        ).format(name=name)
        with self.database.transaction():
            self.database.execute(statement, {"value": value, "row": row, "column": column})
            self.word(row, "core.people", {column: value})
        settle_entities(self.database, [self.ids[number]])

    def says_identifier(self, number: int, slot: str, value: str) -> None:
        """A source gives a person an e-mail address; it comes to whom the person is now."""
        entity = self.ids[number]
        row = stable_id("core.identifiers", str(entity), slot)
        self.database.execute(
            sql.SQL(
                "insert into core.identifiers"
                " (id, entity_id, identifier_type, label, value, source_system)"
                " values (%s, {}, 'email', 'email', %s, %s)"
                " on conflict (id) do update set value = excluded.value"
            ).format(HOME),
            [row, entity, value, self.source],
        )
        self.word(row, "core.identifiers", {"entity_id": str(entity), "value": value})
        settle_entities(self.database, [entity])

    def says_tag(self, number: int, tag: uuid.UUID) -> None:
        """A source gives a person a tag; the row's key names the person, so it stays with it."""
        entity = self.ids[number]
        row = stable_id("core.entity_tags", str(entity), str(tag))
        self.database.execute(
            "insert into core.entity_tags (id, entity_id, tag_id, tag_method)"
            " values (%s, %s, %s, 'import') on conflict (id) do nothing",
            [row, entity, tag],
        )
        self.word(row, "core.entity_tags", {"entity_id": str(entity), "tag_id": str(tag)})
        settle_entities(self.database, [entity])

    def edits(self, number: int, column: str, value: str | None) -> None:
        """Somebody edits a person's row, before the next promotion settles it."""
        statement = sql.SQL("update core.people set {} = %s where id = %s")
        self.database.execute(
            statement.format(sql.Identifier(column)), [value, self.person(number)]
        )
        settle_entities(self.database, [self.ids[number]])

    def notes(self, number: int, body: str) -> None:
        """Somebody writes a note on a person, and a task for it."""
        for statement in (
            "insert into core.notes (entity_id, body) values ({}, %s)",
            "insert into qilife.tasks (assignee_entity_id, title) values ({}, %s)",
        ):
            self.database.execute(sql.SQL(statement).format(HOME), [self.ids[number], body])

    def relates(self, number: int, other: int) -> None:
        """Somebody says that a person knows another."""
        self.database.execute(
            sql.SQL(
                "insert into core.relationships"
                " (source_entity_id, target_entity_id, relationship_type)"
                " values ({0}, {0}, 'knows')"
            ).format(HOME),
            [self.ids[number], self.ids[other]],
        )

    def standing(self) -> list[int]:
        """The people who are not merged into another."""
        found = self.database.execute(
            "select id from core.entities where id = any(%s) and canonical_entity_id is null",
            [self.ids],
        )
        return sorted(self.ids.index(entity) for (entity,) in found)

    def state(self) -> dict[str, Counter]:
        """Table → its rows about these people: no ids but the people's numbers, and no times."""
        return {
            table.name: Counter(map(self._row, self._rows(table)))
            for table in (*facets(), *links(), *followers())
        }

    def row(self, number: int) -> dict[str, Any]:
        """The row in core.people."""
        statement = "select to_jsonb(person) from core.people as person where id = %s"
        return self.database.execute(statement, [self.person(number)]).fetchone()[0]

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        columns = {*table.entity_columns, *filter(None, (table.key,))}
        about = sql.SQL(" or ").join(
            sql.SQL("held.{} = any(%(ids)s)").format(sql.Identifier(column)) for column in columns
        )
        query = sql.SQL("select to_jsonb(held) from {} as held where {}")
        found = self.database.execute(query.format(table.identifier, about), {"ids": self.ids})
        return [row for (row,) in found]

    def _row(self, row: dict[str, Any]) -> str:
        numbers = {str(entity): number for number, entity in enumerate(self.ids)}
        known = {
            name: numbers.get(value, value) if isinstance(value, str) else value
            for name, value in row.items()
            if name not in TIMES and (name != "id" or value in numbers)
        }
        return json.dumps(known, sort_keys=True)
