"""Every rule that a machine checks is broken, and exactly that rule is reported."""

import csv

import pytest

from mutations import in_models, in_registry, live  # noqa: F401 they fill the catalogue
from mutations.catalogue import MUTATIONS, PSQL, Mutation
from projects import Project
from qios.paths import project_root
from qios.server import connection

with (project_root() / "seeds/qieos/qieos__seed_rules.csv").open(encoding="utf-8") as stream:
    RULES = {row["rule_code"]: row["enforced_by"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.label)
def test_exactly_the_broken_rule_is_reported(
    mutation: Mutation, project_copy: Project, built: connection.Settings
) -> None:
    mutation.change(project_copy)
    ended = project_copy.qios(*mutation.command)
    reported = {(mutation.code, name) for name in mutation.named}
    if mutation.command[: len(PSQL)] == PSQL:
        assert all(name in ended.text for name in mutation.named), ended.text
        reported = set()
    assert ended.findings == reported, ended.text
    assert ended.exit_code != 0


@pytest.mark.parametrize("rule", RULES)
def test_the_rules_with_a_machine_check_are_those_with_a_mutation(rule: str) -> None:
    assert (rule in {mutation.rule for mutation in MUTATIONS}) == (RULES[rule] != "review")
