"""What of a capture goes into which column, by the fields of the registry as it is."""

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.capture.meaning import Content, home, values_for
from qios.capture.reading import read
from qios.errors import UsageError
from qios.paths import project_root
from qios.registry.model import Registry

REGISTRY = Registry(project_root())
AT = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
ANA, BOB = uuid.uuid4(), uuid.uuid4()


def homes() -> list[str]:
    """Every table that takes captures."""
    found = []
    for name in REGISTRY.relations:
        try:
            found.append(home(REGISTRY, name).full_name)
        except UsageError:
            continue
    return found


def content(text: str, about: uuid.UUID | None = None) -> Content:
    said = read(text, AT)
    return Content(text, said, AT, None, said.amount, said.currency, about, ANA)


def test_qiaccess_and_registry_are_no_home() -> None:
    found = homes()
    assert {"qilife.tasks", "qilife.symptoms", "core.notes", "qiserver.incidents"} <= set(found)
    assert not [name for name in found if name.split(".")[0] in ("qiaccess", "qieos", "staging")]


@given(st.sampled_from(homes()), st.text(min_size=1))
def test_no_word_is_lost_in_any_home(name: str, text: str) -> None:
    relation = REGISTRY.relations[name]
    has_notes = any(column.name == "notes" for column in relation.live_columns)
    values, _ = values_for(relation, content(text), {"notes": "Mine."} if has_notes else {})
    assert any(text in value for value in values.values() if isinstance(value, str))


def test_who_and_when() -> None:
    symptoms = REGISTRY.relations["qilife.symptoms"]
    values, missing = values_for(symptoms, content("headache"), {})
    assert (values["subject_entity_id"], values["onset_at"], missing) == (ANA, AT, [])
    values, missing = values_for(symptoms, content("headache since monday", BOB), {})
    assert (values["subject_entity_id"], missing) == (BOB, ["onset_at"])
    values, _ = values_for(symptoms, content("headache yesterday"), {"severity": "mild"})
    assert values["onset_at"] == datetime(2026, 11, 24, tzinfo=UTC)
    assert values["severity"] == "mild"

    tasks = REGISTRY.relations["qilife.tasks"]
    values, _ = values_for(tasks, content("call Bob tomorrow\nabout the tap"), {"priority": None})
    assert values == {
        "title": "call Bob tomorrow",
        "description": "call Bob tomorrow\nabout the tap",
        "due_at": datetime(2026, 11, 26, tzinfo=UTC),
        "is_all_day": True,
    }
    _, missing = values_for(REGISTRY.relations["qilife.appointments"], content("dentist"), {})
    assert missing == ["starts_at"]
    for wrong in ("shoe_size", "import_batch_id"):
        with pytest.raises(UsageError, match=wrong):
            values_for(tasks, content("x"), {wrong: "1"})
