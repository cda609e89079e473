"""Fields that look like one concept are found, with the reason; those declared distinct are not."""

import json
from pathlib import Path

import pytest

from conftest import run_qios
from projects import Project, copy_project
from qios.concepts.names import likeness, words_of
from qios.concepts.similar import field_named, fields_of, near_duplicates, similar_to
from qios.paths import project_root
from qios.registry.model import Registry

FIVE = ("client_email", "contact_email", "person_email", "primary_email_address", "email_1")


def test_the_project_has_no_near_duplicates() -> None:
    assert list(near_duplicates(Registry(project_root()))) == []


@pytest.mark.parametrize("name", FIVE)
def test_the_names_of_the_specification_are_one_field(name: str) -> None:
    closest = similar_to(field_named(name), fields_of(Registry(project_root())), 0.8)
    assert [pair.right.key for pair in closest] == ["email"]


@pytest.mark.parametrize("name", [*FIVE, "email_17", "worker_email", "contactEmail"])
def test_they_would_be_without_any_alias(name: str) -> None:
    words = words_of(name) - {"worker", "address"}
    assert likeness(words, words_of("email")) == 1


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("street_adress", "street_address", 1),
        ("deprecated_at", "retried_at", 1 / 3),
        ("tags", "tag", 1),
        ("client_name", "customer_name", 1 / 3),
        ("birth_date", "death_date", 1 / 3),
        ("started_at", "starts_at", 1 / 3),
    ],
)
def test_names_are_alike_word_by_word(left: str, right: str, share: float) -> None:
    assert likeness(words_of(left), words_of(right)) == pytest.approx(share)


def test_a_new_near_duplicate_is_a_finding_until_it_is_decided(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", run_qios)
    copy_project(project_root(), project.root, built=False)
    field = {"data_type": "text", "sensitivity_level": "private", "data_category": "identity"}
    field |= {"display_name": "E-mails", "canonical_format": "email"}
    project.add_row("qieos.fields", field_key="emails_2", description="Where to write.", **field)
    ended = project.qios("contracts", "--check")
    assert ended.findings == {("R1404", "field emails_2")}
    listed = project.qios("fields", "similar", "--all", "--json")
    assert listed.exit_code == 1
    (pair,) = json.loads(listed.text)["similar"]
    assert {pair["field"], pair["similar_to"]} == {"email", "emails_2"}
    assert "100% of the name" in pair["why"]
    project.add_row(
        "qieos.field_distinctions",
        field_key="emails_2",
        distinct_from="email",
        reason="For a test.",
    )
    assert project.qios("fields", "similar", "--all").exit_code == 0


def test_one_name_or_all_must_be_asked_for() -> None:
    assert run_qios("fields", "similar").returncode == 2
    assert run_qios("fields", "similar", "email", "--all").returncode == 2
