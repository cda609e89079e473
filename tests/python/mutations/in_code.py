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
        "macros/contracts/vocabulary.sql", '  "schemas": {\n', '  "schemas": {\n    "docker": "",\n'
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


@breaks(
    *("R1001", "core.notes", "core.audit_events", "core.attachments", "core.locations"),
    *("macros/flow/peek.sql", "seeds/people.csv", "models/staging/_sources.yml"),
    side=CODE,
)
def models_that_skip_the_flow_by_other_words(project: Project) -> None:
    folder = "models/canonical/core/core__"
    project.write(f"{folder}notes.sql", "select * from {{ ref('qios', 'staging__zoho_contacts') }}")
    project.write(f"{folder}audit_events.sql", "select 1 from now() as n, staging.zoho_contacts")
    project.write(f"{folder}attachments.sql", "select * from {{ source('zoho', 'contacts') }}")
    project.write(f"{folder}locations.sql", "{{ glance() }}")
    landing = "select * from {{ ref('staging__zoho_contacts_raw') }}"
    project.write("macros/flow/glance.sql", "{% macro glance() %}" + landing + "{% endmacro %}")
    reading = "select pg_read_file('people.csv')"
    project.write("macros/flow/peek.sql", "{% macro peek() %}" + reading + "{% endmacro %}")
    project.write("seeds/people.csv", "full_name\nAda\n")
    project.write("models/staging/_sources.yml", "version: 2\nsources: [{name: zoho}]\n")


@breaks(
    *("R1001", "core.notes", "core.audit_events", "core.attachments", "core.locations"),
    "core.relationships",
    side=CODE,
)
def models_that_get_at_tables_past_ref(project: Project) -> None:
    for name, text in (
        ("notes", "select * from {{ api.Relation.create(schema='core', identifier='people') }}"),
        ("audit_events", "{% set found = run_query('select 1') %}select {{ found }}"),
        ("attachments", "select * from {{ target.schema }}.people"),
        ("locations", 'select * from "qios"."core"."people"'),
        ("relationships", "{% do adapter.get_relation('qios', 'core', 'people') %}select 1 as id"),
    ):
        project.write(f"models/canonical/core/core__{name}.sql", text)


@breaks(
    *("R1001", "core.people", "core.tags", "core.locations", "macros/flow/erase.sql"),
    side=CODE,
)
def tables_written_past_the_flow(project: Project) -> None:
    """By a script, a macro, a hook, and a macro that is told which."""
    project.write("scripts/qios/load.py", 'SQL = "insert into core.people (id) values (%s)"\n')
    writing = (
        "{% do run_query('delete from ' ~ ref('core__tags')) %}delete from {{ ref('core__tags') }}"
    )
    project.write("macros/flow/wipe.sql", "{% macro wipe() %}" + writing + "{% endmacro %}")
    given = "truncate {{ relation }}"
    project.write("macros/flow/erase.sql", "{% macro erase(relation) %}" + given + "{% endmacro %}")
    hook = '  - "delete from core.locations"\n'
    project.replace("dbt_project.yml", "on-run-end:\n", "on-run-end:\n" + hook)


@breaks("R0701", "core.shadows", "core.tags", "core.notes", "core.readers", side=CODE)
def relations_made_or_moved_beside_the_registry(project: Project) -> None:
    making = "{% do run_query('create table core.shadows (id int)') %}"
    project.write("macros/flow/make.sql", "{% macro make() %}" + making + "{% endmacro %}")
    for name, settings in (("tags", "{'schema': 'x'}"), ("notes", "contract={'enforced': false}")):
        path = f"models/canonical/core/core__{name}.sql"
        text = (project.root / path).read_text("utf-8")
        project.write(path, "{{ config(" + settings + ") }}\n" + text)
    project.write("models/canonical/core/core__readers.py", "def model(dbt, session): ...\n")


@breaks("R0201", "docker", "sheets", "snapshots", side=CODE)
def schemas_that_a_macro_a_hook_or_a_snapshot_makes(project: Project) -> None:
    making = "{% do run_query('create schema docker') %}"
    project.write("macros/flow/make.sql", "{% macro make() %}" + making + "{% endmacro %}")
    hook = '  - "create schema if not exists sheets"\n'
    project.replace("dbt_project.yml", "on-run-end:\n", "on-run-end:\n" + hook)
    project.write("snapshots/people.sql", "{% snapshot people %}select 1{% endsnapshot %}")


@breaks("R0708", "models/canonical/core/more.yml", side=CODE)
def a_second_word_about_a_relation(project: Project) -> None:
    said = "models: [{name: core__tags, config: {schema: docker}}]"
    project.write("models/canonical/core/more.yml", f"version: 2\n{said}\n")


@breaks(
    *("R0712", "R0303", "R0501", "R0711", "R0904", "R1102", "R1501"),
    *("dbt_project.yml on-run-start", "dbt_project.yml models.qios.+contract.enforced"),
    *("dbt_project.yml models.qios.canonical.qilife",),
    "dbt_project.yml data_tests.qios.governance.+fail_calc",
    side=CODE,
)
def rules_that_nobody_would_ask(project: Project) -> None:
    with project.seed("qieos.naming_standards") as rows:
        rows[:] = [row for row in rows if row["standard_key"] != "table_plural"]
    project.change_row("qieos.rules", {"rule_code": "R0501"}, deprecated_at="2026-01-01T00:00:00Z")
    tests = "tests/dbt/governance"
    (project.root / tests / "R0904_only_cleared_roles_may_read.sql").unlink()
    for name in ("R1102_staging_is_temporary", "R1501_approved_schemas_are_live"):
        text = (project.root / tests / f"{name}.sql").read_text("utf-8")
        project.write(f"{tests}/{name}.sql", "{{ config(enabled=false) }}\n" + text)
    project.replace("docs/rules/07-registry.md", "## R0711 ", "## R9999 ")
    for before, after in (
        ('  - "{{ assert_governed(graph, flags) }}"\n', ""),
        ("    +contract: {enforced: true}\n    canonical", "    canonical"),
        ("qilife: {+schema: qilife}", "qilife: {+schema: core}"),
        ("count(*) filter", "0 * count(*) filter"),
    ):
        project.replace("dbt_project.yml", before, after)


@breaks(
    *("R0712", "dbt_project.yml data_tests.qios.+severity", "dbt_project.yml seeds.qios.+enabled"),
    *("dbt_project.yml unit_tests.qios.+enabled", "models/staging/zoho/_staging__unit_tests.yml"),
    *("Makefile", ".ci/run"),
    side=CODE,
)
def tests_that_are_switched_off_or_left_out(project: Project) -> None:
    settings = "data_tests:\n  qios:\n"
    project.replace("dbt_project.yml", settings, settings + "    +severity: warn\n")
    settings = "seeds:\n  qios:\n"
    project.replace("dbt_project.yml", settings, settings + "    +enabled: true\n")
    text = (project.root / "dbt_project.yml").read_text("utf-8")
    project.write("dbt_project.yml", f"{text}\nunit_tests:\n  qios:\n    +enabled: false\n")
    path = "models/staging/zoho/_staging__unit_tests.yml"
    text = (project.root / path).read_text("utf-8")
    project.write(path, f"{text}  config:\n    enabled: false\n")
    project.write("Makefile", "test:\n\tdbt build --exclude tag:governance\n")
    project.write(".ci/run", "make test || true\n")


@contextmanager
def contract(project: Project, path: str) -> Iterator[dict[str, dict[str, Any]]]:
    """The entries of a generated contract file by name, to be edited as nobody should."""
    document = yaml.safe_load((project.root / path).read_text(encoding="utf-8"))
    entries = {entry["name"]: entry for entry in document["models"]}
    yield entries
    document["models"] = list(entries.values())
    project.write(path, yaml.safe_dump(document, sort_keys=False))
