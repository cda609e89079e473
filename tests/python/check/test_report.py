"""What `qios check` prints: text, JSON and SARIF of the same findings, and its exit codes."""

import json
from pathlib import Path

import pytest

from conftest import run_qios
from mutations.in_registry import GRANTED
from projects import Project, copy_project
from qios.check.report import as_json, as_sarif, as_text
from qios.check.run import Report, check
from qios.paths import project_root
from qios.registry.model import Registry

ROOT = project_root()
TASKS = {"schema_name": "qilife", "table_name": "tasks"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "project", run_qios)
    copy_project(ROOT, made.root, built=False)
    return made


@pytest.fixture
def report(project: Project) -> Report:
    """Two broken rules, of which one is waived."""
    project.change_row("qieos.tables", TASKS, owner="qiserver", source_of_truth_policy="truth")
    project.add_row("qieos.rule_waivers", **GRANTED | {"rule_code": "R0602"})
    return check(Registry(project.root), None)


def test_text_names_rule_object_place_and_cure(report: Report) -> None:
    waived, wrong, in_sum = (
        as_text(report).split("\nR0801")[0],
        as_text(report),
        "1 errors, 1 waived",
    )
    assert waived.startswith("R0602 qilife.tasks: is owned by qiserver, its schema by qilife\n")
    assert f"    waived until {GRANTED['expires_on']} by approver: A test." in waived
    (finding,) = (finding for finding in report.findings if finding.code == "R0801")
    assert (
        "R0801 qilife.tasks: source_of_truth_policy is truth\n"
        f"    error, registry, §8, seeds/qieos/qieos__seed_tables.csv:{finding.line}\n"
        f"    cure: {report.rules['R0801']['remedy']}\n"
    ) in wrong
    assert wrong.endswith(in_sum)


def test_json_has_the_suppressed_apart(report: Report) -> None:
    shown = json.loads(as_json(report))
    (wrong,) = shown["findings"]
    assert wrong | {"line": 0, "fingerprint": ""} == {
        "code": "R0801",
        "severity": "error",
        "object": "qilife.tasks",
        "side": "registry",
        "detail": "source_of_truth_policy is truth",
        "remedy": report.rules["R0801"]["remedy"],
        "section": "8",
        "path": "seeds/qieos/qieos__seed_tables.csv",
        "line": 0,
        "fingerprint": "",
    }
    (waived,) = shown["suppressed"]
    assert waived["code"] == "R0602"
    assert waived["waiver"]["reason"] == "A test."
    assert shown["exit_code"] == 1


# Of SARIF 2.1.0, whose objects have no other properties than its own: those that are used, by the
# property that holds the object.
SARIF = {
    "": {"$schema", "version", "runs"},
    "runs": {"tool", "columnKind", "results"},
    "tool": {"driver"},
    "driver": {"name", "version", "rules"},
    "rules": {
        *("id", "name", "shortDescription", "fullDescription", "help"),
        *("defaultConfiguration", "properties"),
    },
    "shortDescription": {"text"},
    "fullDescription": {"text"},
    "help": {"text"},
    "defaultConfiguration": {"level"},
    "results": {
        *("ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"),
        *("properties", "suppressions"),
    },
    "message": {"text"},
    "locations": {"physicalLocation", "logicalLocations"},
    "physicalLocation": {"artifactLocation", "region"},
    "artifactLocation": {"uri", "uriBaseId"},
    "region": {"startLine"},
    "logicalLocations": {"fullyQualifiedName"},
    "suppressions": {"kind", "status", "justification"},
}
BAGS = ("properties", "partialFingerprints")


def unknown_to_sarif(value: object, held_by: str = "") -> list[str]:
    if isinstance(value, list):
        return [name for entry in value for name in unknown_to_sarif(entry, held_by)]
    if not isinstance(value, dict) or held_by in BAGS:
        return []
    own = [f"{held_by}.{name}" for name in value.keys() - SARIF[held_by]]
    return own + [n for name, inner in value.items() for n in unknown_to_sarif(inner, name)]


def test_sarif_has_what_its_schema_requires(report: Report) -> None:
    """Of SARIF 2.1.0: the required properties, the words of its enumerations, indices that fit."""
    log = json.loads(as_sarif(report))
    assert unknown_to_sarif(log) == []
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "qios check"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert (ROOT / place["artifactLocation"]["uri"]).is_file()
        assert place["region"]["startLine"] >= 1
        assert location["logicalLocations"] == [{"fullyQualifiedName": "qilife.tasks"}]
        (fingerprint,) = result["partialFingerprints"].values()
        assert len(fingerprint) == 32
    suppressed = {r["ruleId"]: r.get("suppressions", []) for r in run["results"]}
    assert suppressed["R0801"] == []
    (suppression,) = suppressed["R0602"]
    assert suppression["kind"] in ("inSource", "external")
    assert suppression["status"] in ("accepted", "underReview", "rejected")


def test_a_fingerprint_stays_when_lines_move(project: Project, report: Report) -> None:
    (before,) = (finding for finding in report.findings if finding.code == "R0801")
    with project.seed("qieos.tables") as rows:
        rows.reverse()
    after = check(Registry(project.root), None, code="R0801").findings
    assert [found.fingerprint for found in after] == [before.fingerprint]
    assert after[0].line != before.line


def test_a_waiver_covers_its_rule_and_object_only(project: Project, report: Report) -> None:
    project.change_row(
        "qieos.tables", {"schema_name": "qilife", "table_name": "routines"}, owner="qiserver"
    )
    found = check(Registry(project.root), None, code="R0602").findings
    assert {finding.object: finding.counts for finding in found} == {
        "qilife.tasks": False,
        "qilife.routines": True,
    }


def test_commands_end_with_their_exit_codes(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.qios("check", "--offline").exit_code == 0
    project.change_row("qieos.tables", TASKS, owner="qiserver")
    broken = project.qios("check", "--offline")
    assert broken.exit_code == 1
    assert broken.findings == {("R0602", "qilife.tasks")}
    refused = project.qios("contracts")
    assert refused.exit_code == 1
    assert refused.findings == broken.findings
    assert project.qios("check", "--offline", "--rule", "R9999").exit_code == 2
    monkeypatch.setenv("QIOS_HOME", str(tmp_path / "nowhere"))
    for flags in ((), ("--live",)):
        assert project.qios("check", *flags).exit_code == 3
