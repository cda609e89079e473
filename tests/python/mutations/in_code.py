"""Mutations of what a build is made from: models, folders, contracts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from mutations.catalogue import breaks
from projects import Project
from qios.check.finding import CODE

PROMOTIONS = "models/promotion/zoho_contacts"


@breaks("R0201", "docker", "sheets", "models/marts", side=CODE)
def folders_with_rogue_schemas(project: Project) -> None:
    project.write("models/canonical/docker/docker__containers.sql", "{{ declared_table() }}\n")
    project.write("models/marts/core__sales.sql", "select 1 as id\n")
    line = "      core: {+schema: core}\n"
    project.replace("dbt_project.yml", line, line + "      sheets: {+schema: sheets}\n")


@breaks("R0502", "finance", side=CODE)
def a_model_in_a_proposed_schema(project: Project) -> None:
    body = "{{ config(schema='finance') }}{{ declared_table() }}\n"
    project.write("models/canonical/core/finance__invoices.sql", body)


@breaks(
    "R0302", "models/canonical/core/sales.sql", "models/canonical/core/qilife__sales.sql", side=CODE
)
def model_files_without_their_schema(project: Project) -> None:
    for name in ("sales", "qilife__sales"):
        project.write(f"models/canonical/core/{name}.sql", "select 1 as id\n")


@breaks("R0701", "qilife.dreams", "qilife.tasks", side=CODE)
def an_unregistered_model_and_one_that_moves(project: Project) -> None:
    project.write("models/canonical/qilife/qilife__dreams.sql", "select 1 as id\n")
    path = "models/canonical/qilife/qilife__tasks.sql"
    text = (project.root / path).read_text("utf-8")
    project.write(path, "{{ config(alias='todos') }}\n" + text)


@breaks("R0708", "qilife.tasks.started_on", side=CODE)
def a_contract_that_is_stale(project: Project) -> None:
    project.add_column("qilife.tasks.started_on", "due_on")


@breaks(
    *("R0708", "core.tags.color", "core.tags.colour", "core.tags.created_at", "core.notes"),
    *("macros/contracts/vocabulary.sql", "qiserver.hosts"),
    side=CODE,
)
def contracts_edited_by_hand(project: Project) -> None:
    path = "models/canonical/core/_core__contracts.yml"
    with contract(project, path) as entries:
        columns = entries["core__tags"]["columns"]
        (color,) = (column for column in columns if column["name"] == "color")
        color["name"] = "colour"
        entries["core__tags"]["columns"] = [c for c in columns if c["name"] != "created_at"]
        entries["core__notes"]["config"]["meta"]["sensitivity_level"] = "public"
    with contract(project, "models/canonical/qiserver/_qiserver__contracts.yml") as entries:
        entries.pop("qiserver__hosts")
    project.replace(
        "macros/contracts/vocabulary.sql", '    "core",\n', '    "core",\n    "docker",\n'
    )


@breaks(
    "R1001",
    *("models/promotion/zoho/zoho__core__people.sql", f"{PROMOTIONS}/zoho_contacts__people.sql"),
    f"{PROMOTIONS}/zoho_contacts__qilife__care_logs.sql",
    side=CODE,
)
def promotions_that_no_build_would_use(project: Project) -> None:
    project.write("models/promotion/zoho/zoho__core__people.sql", "select 1")
    project.write(f"{PROMOTIONS}/zoho_contacts__people.sql", "select 1")
    project.write(f"{PROMOTIONS}/zoho_contacts__qilife__care_logs.sql", "select 1")


@breaks(
    "R1001", "core.notes", "core.audit_events", "core.attachments", "core.seed_people", side=CODE
)
def models_that_skip_the_flow(project: Project) -> None:
    folder = "models/canonical/core/core__"
    project.write(f"{folder}notes.sql", "select * from {{ ref('staging__zoho_contacts') }}")
    project.write(f"{folder}audit_events.sql", "select name from staging.zoho_contacts")
    project.write(f"{folder}attachments.sql", "select pg_read_file('/home/me/people.csv')")
    project.write("seeds/core/core__seed_people.csv", "full_name\nAda\n")


@contextmanager
def contract(project: Project, path: str) -> Iterator[dict[str, dict[str, Any]]]:
    """The entries of a generated contract file by name, to be edited as nobody should."""
    document = yaml.safe_load((project.root / path).read_text(encoding="utf-8"))
    entries = {entry["name"]: entry for entry in document["models"]}
    yield entries
    document["models"] = list(entries.values())
    project.write(path, yaml.safe_dump(document, sort_keys=False))
