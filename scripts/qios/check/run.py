"""Runs the checks: which rules are asked, and what they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg

from qios.check.catalogue import Broken, Evidence, offline_rules
from qios.check.finding import LIVE, REGISTRY, Finding
from qios.check.live import live_findings, live_rules
from qios.check.places import place_of
from qios.check.waivers import WAIVER_RULES, idle, suppress
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow


@dataclass(frozen=True)
class Report:
    """What a check found, suppressed findings included, sorted by rule and object."""

    findings: list[Finding]
    rules: dict[str, SeedRow]

    @property
    def failed(self) -> bool:
        return any(finding.counts for finding in self.findings)


class _Judge:
    """Makes findings of what checks yield: severity, remedy and section are the rule's row."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.rules = {row["rule_code"]: row for row in registry.seeds["qieos.rules"]}
        self.waivers = registry.seeds["qieos.rule_waivers"]

    def findings(self, broken: Iterable[Broken], side: str) -> Iterator[Finding]:
        return suppress((self._finding(found, side) for found in broken), self.waivers)

    def _finding(self, found: Broken, side: str) -> Finding:
        row = self.rules[found.code]
        return Finding(
            found.code,
            row["severity"],
            found.object,
            side,
            found.detail,
            found.remedy or row["remedy"],
            row["section"],
            *place_of(self.registry, found.at, found.object),
        )


def offline(
    registry: Registry, code: str | None = None, *, to_the_last: bool = True
) -> list[Finding]:
    """What the rules find that need no database; `code` asks for one rule only.

    The last rules are asked when the others found nothing that counts, and only `to_the_last`.
    """
    judge, evidence = _Judge(registry), Evidence(registry)
    rules = [rule for rule in offline_rules() if code is None or code in rule.codes]
    findings: list[Finding] = []
    for at_last in (False, True) if to_the_last else (False,):
        if any(finding.counts for finding in findings):
            break
        for rule in rules:
            if rule.at_last == at_last:
                findings += judge.findings(rule.check(evidence), rule.side)
    return [finding for finding in findings if code in (None, finding.code)]


def broken_before_contracts(registry: Registry) -> list[Finding]:
    """What stands in the way of contracts: a registry that breaks its rules has none."""
    return [found for found in offline(registry, to_the_last=False) if found.counts]


def live(
    registry: Registry, database: psycopg.Connection, code: str | None = None
) -> list[Finding]:
    """What the rules find in the live database."""
    return list(_Judge(registry).findings(live_findings(registry, database, code), LIVE))


def check(
    registry: Registry,
    database: psycopg.Connection | None,
    with_offline: bool = True,
    code: str | None = None,
) -> Report:
    """Everything that is found, offline, live or both, and the waivers that waive nothing."""
    judge = _Judge(registry)
    findings = offline(registry, code) if with_offline else []
    if database:
        findings += live(registry, database, code)
    if code is None or code in WAIVER_RULES:
        asked = _asked(registry, with_offline, database is not None) if code is None else set()
        useless = idle(findings, judge.waivers, asked, judge.registry.schema_names)
        findings += judge.findings(useless, REGISTRY) if with_offline else ()
    findings.sort(key=lambda finding: (finding.code, finding.object, finding.detail))
    return Report(findings, judge.rules)


def _asked(registry: Registry, with_offline: bool, with_live: bool) -> set[str]:
    """The rules of which every check has been run."""
    of_code = {code for rule in offline_rules() for code in rule.codes}
    of_live = {rule.code for rule in live_rules(registry.root)}
    every = of_code | of_live
    return every - (set() if with_offline else of_code) - (set() if with_live else of_live)
