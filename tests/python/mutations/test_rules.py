"""Every rule is broken, and exactly that is found: rule, object and side."""

import csv
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from conftest import run_qios
from mutations import in_code, in_registry, live  # noqa: F401 they fill the catalogue
from mutations.catalogue import MUTATIONS, Found, Mutation
from projects import Project, commit, copy_project
from qios.check.catalogue import offline_rules
from qios.check.finding import CODE, LIVE, REGISTRY
from qios.check.live import live_rules
from qios.check.run import Report, check
from qios.paths import project_root
from qios.registry.model import Registry
from qios.server import connection
from support import built_from

ROOT = project_root()
with (ROOT / "seeds/qieos/qieos__seed_rules.csv").open(encoding="utf-8") as stream:
    RULES = {row["rule_code"]: row for row in csv.DictReader(stream) if not row["deprecated_at"]}
OFFLINE = [mutation for mutation in MUTATIONS if mutation.side != LIVE]
IN_PSQL = [mutation for mutation in MUTATIONS if mutation.side == LIVE]


def found_by(report: Report) -> set[Found]:
    return {(finding.code, finding.object, finding.side) for finding in report.findings}


@pytest.mark.parametrize("mutation", OFFLINE, ids=lambda mutation: mutation.label)
def test_a_broken_registry_or_model_is_found(mutation: Mutation, tmp_path: Path) -> None:
    project = Project(tmp_path / "project", run_qios)
    copy_project(ROOT, project.root, built=False)
    mutation.change(project)
    report = check(Registry(project.root), None)
    assert found_by(report) == mutation.found
    assert report.failed
    for finding in report.findings:
        lines = (project.root / finding.path).read_text("utf-8").splitlines()
        assert 1 <= finding.line <= max(len(lines), 1)


@pytest.fixture(scope="module")
def psql(built_template: tuple[Project, str]) -> Iterator[psycopg.Connection]:
    """One built database for all: a mutation's transaction is never committed."""
    with built_from(built_template[1]), connection.connect() as database:
        yield database


@pytest.mark.parametrize("mutation", IN_PSQL, ids=lambda mutation: mutation.label)
def test_a_broken_database_is_found(mutation: Mutation, psql: psycopg.Connection) -> None:
    with psql.transaction(force_rollback=True):
        mutation.change(psql)
        report = check(Registry(ROOT), psql, with_offline=False)
    assert found_by(report) == mutation.found
    assert report.failed == any(RULES[code]["severity"] == "error" for code, _, _ in mutation.found)


def test_nothing_is_found_in_what_is_committed_and_built(psql: psycopg.Connection) -> None:
    assert check(Registry(ROOT), psql).findings == []


def test_the_database_itself_keeps_the_row_accounting(psql: psycopg.Connection) -> None:
    """R1003, a rule that is a constraint: what breaks it cannot be stored."""
    with (
        pytest.raises(psycopg.errors.CheckViolation, match="import_files_rows_add_up_check"),
        psql.transaction(),
    ):
        psql.execute(
            "insert into qinexus.import_files"
            " (import_batch_id, file_version_id, header, rows_read, rows_staged)"
            " values (gen_random_uuid(), gen_random_uuid(), '{}', 3, 2)"
        )


@pytest.mark.parametrize(
    "statement", ["truncate core.tags cascade", "update core.audit_events set reason = null"]
)
def test_the_database_itself_keeps_the_journal(psql: psycopg.Connection, statement: str) -> None:
    """R1304, a rule that is a trigger: what breaks it cannot be done."""
    with pytest.raises(psycopg.Error, match="R1304"), psql.transaction():
        psql.execute(statement)


def test_a_major_change_is_to_be_acknowledged(tmp_path: Path) -> None:
    """R0709, the one rule about two states of the registry: `qios diff` finds it."""
    project = Project(tmp_path / "project", run_qios)
    copy_project(ROOT, project.root, built=False)
    commit(project.root, "before")
    project.change_row("qieos.fields", {"field_key": "email"}, sensitivity_level="public")
    ended = project.qios("diff", "--ref", "HEAD")
    assert ended.findings == {("R0709", "qieos.fields email.sensitivity_level")}
    assert ended.exit_code == 1


def test_rules_have_their_checks_and_checks_their_rules() -> None:
    """What `enforced_by` says is what there is."""
    said = {where: set() for where in ("offline", "live", "constraint", "diff")}
    for code, row in RULES.items():
        for where in row["enforced_by"].split("|"):
            said[where].add(code)
    assert said == {
        "offline": {code for rule in offline_rules() for code in rule.codes},
        "live": {rule.code for rule in live_rules(ROOT)},
        "constraint": {"R1003", "R1304"},
        "diff": {"R0709"},
    }


def test_rules_have_their_mutations_on_each_side() -> None:
    broken = {(m.rule, "live" if m.side == LIVE else "offline") for m in MUTATIONS}
    broken |= {("R1003", "constraint"), ("R1304", "constraint"), ("R0709", "diff")}
    assert broken == {
        (code, where) for code, row in RULES.items() for where in row["enforced_by"].split("|")
    }


def test_offline_rules_look_at_one_side() -> None:
    assert {rule.side for rule in offline_rules()} == {REGISTRY, CODE}


@pytest.mark.parametrize("code", RULES)
def test_rules_have_their_page(code: str) -> None:
    """In docs/rules, with what it shows, an example, the reason and the remedy; and in its list."""
    (page,) = (ROOT / "docs/rules").glob(f"{code[1:3]}-*.md")
    _, _, text = page.read_text("utf-8").partition(f"## {code} {RULES[code]['title']}\n")
    own = text.partition("\n## ")[0]
    assert own.lstrip().replace("\n", " ").startswith(RULES[code]["statement"])
    for part in ("**Shows.**", "**Example.**", "**Reason.**", "**Remedy.**"):
        assert part in own, part
    listed = (ROOT / "docs/rules/README.md").read_text("utf-8")
    where = RULES[code]["enforced_by"].replace("|", ", ")
    assert (
        f"| [{code}]({page.name}) | {RULES[code]['title']} | {RULES[code]['severity']} | {where} |"
        in listed
    )
