"""Mutations of what a build is made from: folders, names, contracts. It stops before it writes."""

from collections.abc import Callable
from typing import Any

import yaml

from mutations.catalogue import BUILD, breaks
from projects import Project

COLUMNS = ("title", "description", "started_at", "ended_at")


@breaks("R0201", "docker", by=BUILD)
def a_folder_with_a_rogue_schema(project: Project) -> None:
    project.write("models/canonical/docker/docker__containers.sql", "{{ declared_table() }}\n")
    line = "      core: {+schema: core}\n"
    project.replace("dbt_project.yml", line, line + "      docker: {+schema: docker}\n")


@breaks("R0201", "models/canonical/docker", by=BUILD)
def a_folder_without_a_schema(project: Project) -> None:
    project.write("models/canonical/docker/docker__containers.sql", "{{ declared_table() }}\n")


@breaks("R0301", "qi_docker", "life", by=BUILD)
def a_schema_with_an_underscore_and_a_module_without_the_prefix(project: Project) -> None:
    schema = {"schema_name": "qi_docker", "owning_module": "qiserver", "status": "active"}
    project.add_row("qieos.schemas", **schema, default_sensitivity="internal")
    project.add_row("qieos.modules", module_key="life", status="active")
    project.derive()


@breaks("R0302", "qilife.Time-Entries", "staging.zoho_items", by=BUILD)
def a_table_name_in_mixed_case_and_a_landing_table_that_is_not_raw(project: Project) -> None:
    project.add_table("qilife.Time-Entries", *COLUMNS)
    project.add_table("staging.zoho_items")
    project.derive()


@breaks("R0302", "models/canonical/qilife/routines.sql", by=BUILD)
def a_model_file_without_its_schema(project: Project) -> None:
    folder = project.root / "models/canonical/qilife"
    (folder / "qilife__routines.sql").rename(folder / "routines.sql")


@breaks("R0303", "qilife.time_entry", by=BUILD)
def a_singular_table_name(project: Project) -> None:
    project.add_table("qilife.time_entry", *COLUMNS)
    project.derive()


@breaks("R0304", "qilife.tasks.StartedAt", by=BUILD)
def a_column_name_in_mixed_case(project: Project) -> None:
    project.add_column("qilife.tasks.StartedAt", "started_at")
    project.derive()


@breaks("R0305", "core.people.cust_dob", by=BUILD)
def an_ambiguous_abbreviation(project: Project) -> None:
    project.add_column("core.people.cust_dob", "birth_date")
    project.derive()


@breaks("R0502", "finance", by=BUILD, reported_as="R0201")
def a_model_in_a_proposed_schema(project: Project) -> None:
    body = "{{ config(schema='finance') }}{{ declared_table() }}\n"
    project.write("models/canonical/core/finance__invoices.sql", body)


@breaks("R0601", "qieos.csv_fields", by=BUILD, reported_as="R1402")
def a_table_named_after_a_file_format(project: Project) -> None:
    project.add_table("qieos.csv_fields", *COLUMNS)
    project.derive()


@breaks("R0701", "qilife.dreams", by=BUILD)
def an_unregistered_model(project: Project) -> None:
    project.write("models/canonical/qilife/qilife__dreams.sql", "select 1 as id\n")


@breaks("R0701", "qiserver.hosts", by=BUILD)
def a_model_whose_contract_is_gone(project: Project) -> None:
    folder = project.root / "models/canonical/qiserver"
    (folder / "_qiserver__contracts.yml").write_text("version: 2\n")
    for model in folder.glob("*.sql"):
        if model.stem != "qiserver__hosts":
            model.unlink()


@breaks("R0801", "qilife.tasks", by=BUILD)
def an_unknown_policy(project: Project) -> None:
    tasks = {"schema_name": "qilife", "table_name": "tasks"}
    project.change_row("qieos.tables", tasks, source_of_truth_policy="truth")
    project.derive()


@breaks("R0901", "qilife.tasks", by=BUILD)
def an_unclassified_table(project: Project) -> None:
    tasks = {"schema_name": "qilife", "table_name": "tasks"}
    project.change_row("qieos.tables", tasks, sensitivity_level="")
    project.derive()


@breaks("R1101", "staging.notion_tasks_raw.raw_payload", by=BUILD)
def a_staging_table_without_raw_payload(project: Project) -> None:
    change_contract(project, "staging.notion_tasks_raw", without("raw_payload"))


@breaks("R1301", "core.tags.created_at", "core.notes", by=BUILD)
def a_table_without_created_at_and_one_that_gives_no_reason(project: Project) -> None:
    notes = {"schema_name": "core", "table_name": "notes"}
    project.change_row("qieos.tables", notes, metadata_omitted="source_file_id")
    project.derive()
    change_contract(project, "core.tags", without("created_at"))


@breaks("R1401", "models/canonical/csv", by=BUILD, reported_as="R0201")
def a_folder_of_a_file_format(project: Project) -> None:
    project.write("models/canonical/csv/csv__rows.sql", "{{ declared_table() }}\n")


@breaks("R1402", "qiserver.csv_contacts", by=BUILD)
def a_table_owned_by_its_location(project: Project) -> None:
    project.add_table("qiserver.csv_contacts", *COLUMNS)
    project.derive()


@breaks("R1403", "qiconnect.api_keys", "qiconnect.providers.api_key", by=BUILD)
def a_table_and_a_column_for_secrets(project: Project) -> None:
    project.add_table("qiconnect.api_keys", *COLUMNS)
    project.add_column("qiconnect.providers.api_key", "title", written_by="applications")
    project.derive()


@breaks("R1405", "core.zoho_contacts_import", by=BUILD)
def a_raw_import_as_final_data(project: Project) -> None:
    project.add_table("core.zoho_contacts_import", *COLUMNS)
    project.derive()


def change_contract(
    project: Project, full_name: str, change: Callable[[dict[str, Any]], None]
) -> None:
    """Edit a generated contract by hand, as nobody should."""
    schema, table = full_name.split(".")
    folder = "staging" if schema == "staging" else f"canonical/{schema}"
    path = project.root / f"models/{folder}/_{schema}__contracts.yml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    (entry,) = (e for e in document["models"] if e["name"] == f"{schema}__{table}")
    change(entry)
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


def without(column: str) -> Callable[[dict[str, Any]], None]:
    def change(entry: dict[str, Any]) -> None:
        entry["columns"] = [c for c in entry["columns"] if c["name"] != column]

    return change
