"""A schema is proposed with evidence, approved only when it passed, and then builds."""

import json
from pathlib import Path

import pytest

from conftest import run_qios
from projects import Ended, Project, copy_project
from qios.check.specification import CRITERIA
from qios.paths import project_root
from qios.server import connection

REASON = "has_own_lifecycle=An invoice is drafted, posted and paid."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    copy = Project(tmp_path / "project", run_qios)
    copy_project(project_root(), copy.root)
    return copy


def row(project: Project, name: str) -> dict[str, str]:
    with project.seed("qieos.schemas") as rows:
        return next(row for row in rows if row["schema_name"] == name)


def propose(project: Project, name: str, *options: str) -> dict:
    ended = project.qios("schema", "propose", name, "--json", *options)
    assert ended.exit_code == 0, ended.text
    return json.loads(ended.text)


def approve(project: Project, name: str, adr: str = "0001") -> Ended:
    return project.qios("schema", "approve", name, "--by", "Ada", "--adr", adr)


def test_the_evidence_is_that_of_the_registry(project: Project) -> None:
    before = (project.root / "seeds/qieos/qieos__seed_schemas.csv").read_text("utf-8")
    options = ("--owner", "qilife", "--purpose", "Medicines and what is felt.")
    tables = "qilife.medications,qilife.symptoms,qilife.care_logs,doses,therapies"
    told = propose(project, "health", *options, "--tables", tables)
    answers = {answer["criterion"]: answer for answer in told["answers"]}
    assert list(answers) == list(CRITERIA)
    assert answers["has_many_tables"]["met"]
    assert "doses" in answers["has_many_tables"]["evidence"]
    assert answers["has_sensitive_boundaries"]["met"]
    assert "medical" in answers["has_sensitive_boundaries"]["evidence"]
    assert not answers["integrates_with_external_systems"]["met"]
    assert (told["criteria_met"], told["passed"]) == (2, False)
    stored = row(project, "health")
    assert (stored["status"], stored["owning_module"]) == ("proposed", "qilife")
    assert stored["default_sensitivity"] == "sensitive"
    assert "fields are sensitive or more (medical)" in stored["decision"]
    after = (project.root / "seeds/qieos/qieos__seed_schemas.csv").read_text("utf-8").splitlines()
    assert [line for line in after if not line.startswith("health,")] == before.splitlines()
    assert after == [after[0], *sorted(after[1:])]
    assert project.qios("contracts").exit_code == 0


def test_below_three_criteria_nothing_approves_it(project: Project) -> None:
    before = (project.root / "dbt_project.yml").read_text("utf-8")
    assert propose(project, "care")["criteria_met"] == 2, "the lifecycle stays as it was proposed"
    ended = approve(project, "care")
    assert (ended.exit_code, ended.findings) == (1, {("R0501", "care")})
    assert row(project, "care")["status"] == "proposed"
    assert (project.root / "dbt_project.yml").read_text("utf-8") == before
    assert not (project.root / "models/canonical/care").exists()


def test_criteria_that_a_hand_has_set_approve_nothing(project: Project) -> None:
    criteria = dict.fromkeys(CRITERIA, "true")
    project.change_row("qieos.schemas", {"schema_name": "clients"}, **criteria)
    ended = approve(project, "clients")
    assert ended.exit_code == 1
    assert "R0501 clients: 8 of the eight criteria set, but its decision tells of one" in ended.text
    assert row(project, "clients")["status"] == "proposed"
    assert not propose(project, "clients")["passed"], "nor are they taken for what was said before"


def test_what_a_person_must_answer_for_is_asked_of_a_person(project: Project) -> None:
    assert propose(project, "finance", "--met", REASON)["criteria_met"] == 3
    assert propose(project, "finance")["criteria_met"] == 3, "as proposed before"
    assert propose(project, "finance", "--not-met", "has_own_lifecycle")["criteria_met"] == 2
    for options in (
        ("--met", "has_many_tables=They are coming."),
        ("--met", "is_fashionable=Everybody has one."),
        ("--met", "has_own_lifecycle"),
        ("--tables", "qilife.dreams"),
        ("--owner", "qicloud"),
    ):
        assert project.qios("schema", "propose", "finance", *options).exit_code == 2, options
    assert project.qios("schema", "propose", "qilife").exit_code == 2, "it is approved already"
    assert project.qios("schema", "propose", "garden").exit_code == 2, "nothing is said of it"


def test_a_secret_in_what_a_person_says_is_not_stored(project: Project) -> None:
    propose(
        project,
        "birds",
        *("--owner", "qilife", "--tables", "nests", "--purpose", "The password is hunter22 there"),
        *("--met", "has_own_lifecycle=pw: hunter23"),
    )
    seed = (project.root / "seeds/qieos/qieos__seed_schemas.csv").read_text()
    assert "hunter" not in seed
    assert seed.count("[secret removed: password") == 2


def test_a_name_that_is_none_is_refused_first(project: Project) -> None:
    options = ("--owner", "qiserver", "--purpose", "Containers.")
    for name, code in {"Qi-Server": "R0301", "my_schema": "R0301"}.items():
        ended = project.qios("schema", "propose", name, *options)
        assert (ended.exit_code, ended.findings) == (1, {(code, name)})


def test_an_approval_needs_a_proposal_and_a_decision(project: Project) -> None:
    assert approve(project, "garden").exit_code == 2
    assert approve(project, "qilife").exit_code == 2
    assert approve(project, "finance", adr="9999").exit_code == 2
    assert row(project, "finance")["status"] == "proposed"


def test_an_approved_schema_is_built(project_copy: Project, built: connection.Settings) -> None:
    lines = (project_copy.root / "dbt_project.yml").read_text("utf-8").splitlines()
    ended = approve(project_copy, "finance")
    assert ended.exit_code == 0, ended.text
    after = (project_copy.root / "dbt_project.yml").read_text("utf-8").splitlines()
    added = "      finance: {+schema: finance}"
    assert [line for line in after if line != added] == lines, "comments and all"
    assert after[after.index(added) - 1] == "      qivault: {+schema: qivault}"
    assert row(project_copy, "finance")["decision"].endswith("Approved by Ada, decision 0001.")
    assert approve(project_copy, "finance").exit_code == 2, "once"
    project_copy.add_table("finance.budgets", "title", owner="qilife")
    project_copy.derive()
    ended = project_copy.build("finance__budgets")
    assert ended.exit_code == 0, ended.text
    assert project_copy.sql("select count(*) from finance.budgets") == [(0,)]
