"""What of a capture goes into which column of its home: told by the columns' fields."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from qios.capture.reading import Said
from qios.errors import UsageError
from qios.registry.model import CANONICAL, Column, Registry, Relation
from qios.registry.seeds import seed_of

TITLE = ("title", "name", "symptom_name", "medication_name")
WORDS = ("body", "description", "observation_text", "dosage_text")
HAPPENED = ("noted_at", "occurred_at", "onset_at")
HAPPENED_ON = ("occurred_on",)
STARTS = ("starts_at",)
DUE = ("due_at",)
ENTITIES = "core.entities.id"


@dataclass(frozen=True)
class Content:
    """What a capture holds. about: whom it is about, if that was said; owner: who captures."""

    text: str
    said: Said
    captured_at: datetime
    file_id: uuid.UUID | None
    amount: Decimal | None
    currency: str | None
    about: uuid.UUID | None
    owner: uuid.UUID | None


def home(registry: Registry, name: str) -> Relation:
    """The table `schema.table`. UsageError where people and programs write no records into it."""
    relation = registry.relations.get(name)
    if (
        relation is None
        or relation.family != CANONICAL
        or relation.row["source_of_truth_policy"] != "canonical"
        or relation.row["written_by"] not in ("dbt", "applications")
        or relation.schema == "qiaccess"
        or seed_of(relation.full_name) in registry.relations
    ):
        raise UsageError(
            f"{name}: no home for what is captured (§4.5: QiAccess captures, others own)",
            "name a table of another schema that people write to, such as qilife.tasks",
        )
    return relation


def values_for(
    relation: Relation, content: Content, given: Mapping[str, str | None]
) -> tuple[dict[str, object], list[str]]:
    """(column -> value for the record, required columns that nobody gave a value).

    given: `column -> text` of the route and of the person, which count first.
    UsageError where it names no column of the table.
    """
    columns = {column.name: column for column in relation.live_columns}
    for name in given:
        if name not in columns or (columns[name].implied and name not in ("status", "notes")):
            raise UsageError(
                f"{relation.full_name}.{name}: no such column (R0704)",
                f"choose one of {', '.join(n for n, c in columns.items() if not c.implied)}",
            )
    values: dict[str, object] = {}
    for name, column in columns.items():
        value = given.get(name) if name in given else _value(column, content)
        if value is not None:
            values[name] = value
    if content.text not in values.values():
        # The capture will be emptied: no word of it may be lost.
        if "notes" not in columns:
            raise UsageError(
                f"{relation.full_name} has no column for the words that were captured",
                "hand them over to another table",
            )
        values["notes"] = "\n\n".join(filter(None, (given.get("notes"), content.text)))
    missing = [
        name
        for name, column in columns.items()
        if column.usage.flag("required") and not column.default and name not in values
    ]
    return values, missing


def _value(column: Column, content: Content) -> object:
    """What the capture knows of a column that nobody gave a value."""
    field, required = column.field["field_key"], column.usage.flag("required")
    by_field = {
        **dict.fromkeys(TITLE, content.said.title),
        **dict.fromkeys(WORDS, content.text),
        **dict.fromkeys(HAPPENED, _happened(content)),
        **dict.fromkeys(HAPPENED_ON, _happened(content) and _happened(content).date()),
        **dict.fromkeys(STARTS, content.said.when if required else None),
        **dict.fromkeys(DUE, content.said.when),
        "is_all_day": content.said.all_day if content.said.when else None,
        "amount": content.amount if required else None,
        "currency": content.currency,
        "file_id": content.file_id,
    }
    if column.implied:
        return None
    if column.references == ENTITIES:
        if required:
            return content.about or content.owner
        return content.about if column.name == "entity_id" else None
    return by_field.get(field)


def _happened(content: Content) -> datetime | None:
    """The moment named, if it is none to come; the capture's, if no words speak of another."""
    when = content.said.when
    if when is not None:
        return when if when <= content.captured_at else None
    return None if content.said.vague else content.captured_at
