"""§1, §7: every rule is asked, and nothing beside the registry turns one off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qios.check.catalogue import Broken, Evidence, offline_rules, rule
from qios.check.finding import CODE
from qios.check.live import live_rules
from qios.check.offline.schemas import PROJECT
from qios.paths import text_of

PAGES = Path("docs/rules")
CONFIG = re.compile(r"\bconfig\(([^)]*)\)")
SOFT = re.compile(r"\bseverity\s*=\s*['\"]warn['\"]")
NAMES = "names_keep_the_standards"

# What of dbt_project.yml a build is held to the rules by: the path of each setting, and its value.
SETTINGS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("flags", "skip_nodes_if_on_run_start_fails"), True),
    (("test-paths",), ["tests/dbt"]),
    (("models", "qios", "+contract", "enforced"), True),
    (("models", "qios", "canonical", "+full_refresh"), False),
    (("models", "qios", "canonical", "+pre-hook"), "{{ evolve_contract(this, model) }}"),
    (("models", "qios", "staging", "+post-hook"), "{{ seal_view(this) }}"),
    (("data_tests", "qios", "governance", "+tags"), ["governance"]),
)
FIRST_HOOK = "{{ assert_governed(graph, flags) }}"


@rule("R0712", side=CODE)
def rules_are_asked(evidence: Evidence) -> Iterator[Broken]:
    """A rule has the checks that its row says it has, and its page."""
    offline = {code for entered in offline_rules() for code in entered.codes}
    live = {entered.code for entered in live_rules(evidence.root)}
    by_name = {code for e in offline_rules() if e.check.__name__ == NAMES for code in e.codes}
    elsewhere = {code for e in offline_rules() if e.check.__name__ != NAMES for code in e.codes}
    standards = {
        row["rule_code"]
        for row in evidence.registry.seeds["qieos.naming_standards"]
        if not row["deprecated_at"]
    }
    pages = _pages(evidence)
    for row in evidence.registry.seeds["qieos.rules"]:
        code, enforced = row["rule_code"], row.items("enforced_by")
        if row["deprecated_at"]:
            if code in offline | live:
                yield Broken("R0712", code, "is deprecated, but still checked", row)
            continue
        for where, codes in (("offline", offline), ("live", live)):
            if where in enforced and code not in codes:
                yield Broken("R0712", code, f"is enforced {where}, but has no such check", row)
        if code in by_name - elsewhere - standards:
            yield Broken("R0712", code, "is about names, but has no naming standard", row)
        if f"## {code} {row['title']}\n" not in pages:
            yield Broken("R0712", code, f"has no page below {PAGES}", row)


@rule("R0712", side=CODE)
def live_rules_are_as_strict_as_their_rows(evidence: Evidence) -> Iterator[Broken]:
    rows = {row["rule_code"]: row for row in evidence.registry.seeds["qieos.rules"]}
    for entered in live_rules(evidence.root):
        text = text_of(evidence.root / entered.path)
        row = rows.get(entered.code)
        if row is None:
            yield Broken("R0712", entered.code, "is no rule of the registry", entered.path)
            continue
        said = " ".join(CONFIG.findall(text))
        is_soft = bool(SOFT.search(said))
        if SOFT.sub("", said).strip(" ,") or is_soft != (row["severity"] == "warn"):
            detail = f"its test's config() is not that of a rule of severity {row['severity']}"
            yield Broken("R0712", entered.code, detail, entered.path)


@rule("R0712", side=CODE)
def builds_are_held_to_the_rules(evidence: Evidence) -> Iterator[Broken]:
    project = evidence.project
    for path, wanted in SETTINGS:
        if _at(project, path) != wanted:
            yield _altered(".".join(path), f"is {_at(project, path)!r}, not {wanted!r}")
    if (_at(project, ("on-run-start",)) or [None])[0] != FIRST_HOOK:
        yield _altered("on-run-start", f"does not begin with {FIRST_HOOK}")
    waived = _at(project, ("data_tests", "qios", "governance", "+fail_calc")) or ""
    if " ".join(waived.split()) not in ("", WAIVED):
        yield _altered("data_tests.qios.governance.+fail_calc", "is not the count without waivers")
    for parent in (("models", "qios", "canonical"), ("seeds", "qios")):
        for folder, given in (_at(project, parent) or {}).items():
            schema = given.get("+schema") if isinstance(given, dict) else None
            if schema and schema != folder:
                yield _altered(".".join((*parent, folder)), f"goes to the schema {schema}")


WAIVED = (
    "count(*) filter (where not exists ( select from qieos.rule_waivers as waiver"
    " where waiver.rule_code = dbt_internal_test.rule_code"
    " and waiver.object = dbt_internal_test.object and waiver.expires_on >= current_date"
    " and waiver.deprecated_at is null ))"
)


def _pages(evidence: Evidence) -> str:
    found = sorted((evidence.root / PAGES).glob("*.md"))
    return "\n".join(text_of(path) for path in found)


def _at(project: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        project = project.get(name) if isinstance(project, dict) else None
    return project


def _altered(setting: str, detail: str) -> Broken:
    return Broken("R0712", f"{PROJECT} {setting}", detail, Path(PROJECT))
