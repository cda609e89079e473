"""A build and `qios check --live` ask the same questions and hear the same answers."""

import json
import re

import pytest

from mutations.in_code import contract
from mutations.in_registry import GRANTED
from projects import Project
from qios.check.live import live_rules
from qios.check.templates import Templates
from qios.registry.model import Registry
from qios.server import connection
from support import BUILT

TESTS = ("build", "--select", "tag:governance")
DANGERS = """
    create schema docker;
    create table docker.containers();
    create table qilife.dreams (id uuid primary key);
    alter table core.people add column api_key text;
    alter table core.people drop constraint people_entity_id_fkey;
    grant select on qivault.secret_refs to public;
    comment on table core.notes is null;
    comment on constraint tags_pkey on core.tags is null;
    alter table core.tags enable row level security;
    alter table core.identifiers disable trigger all;
"""
FOUND = {
    ("R0201", "docker"),
    ("R0701", "qilife.dreams"),
    ("R0904", "qivault.secret_refs"),
    ("R1201", "core.people.people_entity_id_fkey"),
    ("R1302", "core.notes"),
    ("R1302", "core.tags.tags_pkey"),
    ("R1303", "core.tags"),
    ("R1303", "core.identifiers"),
    ("R1403", "core.people.api_key"),
}
JSON = re.compile(r"'(\{(?:[^']|'')*\})'::jsonb")


def plain(sql: str) -> str:
    """SQL without the database's name, comments and spare blanks, and with sorted contracts."""
    without_comments = re.sub(r"--[^\n]*", " ", sql.replace(f'"{BUILT}".', ""))
    return JSON.sub(_sorted, " ".join(without_comments.split()))


def _sorted(literal: re.Match[str]) -> str:
    return json.dumps(json.loads(literal.group(1).replace("''", "'")), sort_keys=True)


def test_what_a_hand_did_is_found_by_the_check_and_fails_a_build(
    project_copy: Project, built: connection.Settings
) -> None:
    project_copy.add_row(
        "qieos.rule_waivers", **GRANTED | {"rule_code": "R0701", "object": "qilife.dreams"}
    )
    project_copy.derive()
    project_copy.build("qieos__seed_rule_waivers", "qieos__rule_waivers")
    project_copy.sql(DANGERS)

    checked = project_copy.qios("check", "--live")
    assert checked.exit_code == 1
    assert checked.findings == FOUND
    assert "waived until" in checked.text

    ended = project_copy.qios(*TESTS)
    assert ended.exit_code == 1
    assert ended.findings == FOUND
    assert re.search(r"PASS.* R0701_live_relations_are_registered", ended.text)
    assert "none; waived until" in ended.text

    compiled = project_copy.root / "target/compiled/qios/tests/dbt/governance"
    templates = Templates(Registry(project_copy.root))
    rules = live_rules(project_copy.root)
    assert len(rules) > 10
    for rule in rules:
        rendered = templates.render(project_copy.root / rule.path)
        assert plain(rendered) == plain((compiled / rule.path.name).read_text("utf-8")), rule.path


def test_a_build_accepts_only_contracts_that_were_derived(
    project_copy: Project, built: connection.Settings
) -> None:
    """All at once, and all are named: a build lists what it refuses."""
    with contract(project_copy, "models/canonical/core/_core__contracts.yml") as entries:
        entries["core__notes"]["config"]["meta"]["sensitivity_level"] = "public"
        entries["core__tags"]["columns"].pop()
    project_copy.add_row("qieos.rule_waivers", **GRANTED)
    project_copy.write("models/canonical/qilife/qilife__dreams.sql", "select 1 as id\n")
    path = "models/canonical/qilife/qilife__tasks.sql"
    text = (project_copy.root / path).read_text("utf-8")
    project_copy.write(path, "{{ config(materialized='table') }}\n" + text)

    ended = project_copy.build("qieos__seed_modules")
    assert ended.exit_code != 0
    assert ended.findings == {
        ("R0701", "qilife.dreams"),
        ("R0708", "core.notes"),
        ("R0708", "core.tags"),
        ("R0708", "qieos.seed_rule_waivers"),
        ("R0708", "qilife.tasks"),
    }
    assert "nothing was built" in ended.text


@pytest.mark.parametrize(
    ("folder", "named"), [("docker: {+schema: docker}", "docker"), ("", "models/canonical/docker")]
)
def test_a_build_creates_no_schema_that_is_not_approved(
    project_copy: Project, built: connection.Settings, folder: str, named: str
) -> None:
    """dbt creates schemas before any hook, so it stops while it parses."""
    project_copy.write("models/canonical/docker/docker__containers.sql", "{{ declared_table() }}\n")
    line = "      core: {+schema: core}\n"
    project_copy.replace("dbt_project.yml", line, f"{line}      {folder}\n" if folder else line)
    ended = project_copy.build("qieos__seed_modules")
    assert ended.findings == {("R0201", named)}
    assert not project_copy.sql("select from pg_namespace where nspname = 'docker'")
