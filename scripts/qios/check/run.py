"""Runs the checks: which rules are asked, and what they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg

from qios.check.catalogue import (
    FIRST,
    LAST,
    NEXT,
    THEN,
    Broken,
    Evidence,
    OfflineRule,
    offline_rules,
)
from qios.check.finding import LIVE, REGISTRY, Finding
from qios.check.live import live_findings, live_rules
from qios.check.places import place_of
from qios.check.waivers import WAIVER_RULES, idle, suppress
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow

EARLY = (FIRST, THEN, NEXT)
"""Before the contracts, which are made of what these found to be right."""


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


def check(
    registry: Registry,
    database: psycopg.Connection | None,
    with_offline: bool = True,
    code: str | None = None,
) -> Report:
    """Everything that is found, offline, live or both, and the waivers that waive nothing.

    database: the live database, in a transaction; None leaves it out. code: asks for one rule only.
    """
    judge = _Judge(registry)
    findings, asked = _offline(judge, EARLY, code) if with_offline else ([], [])
    if database:
        findings += judge.findings(live_findings(registry, database, code), LIVE)
    if with_offline:
        if code is None or code in WAIVER_RULES:
            codes = _asked(registry, asked, database is not None) if code is None else set()
            idle_ones = idle(findings, judge.waivers, codes, registry.schema_names)
            findings += judge.findings(idle_ones, REGISTRY)
        if not any(finding.counts and finding.side != LIVE for finding in findings):
            findings += _offline(judge, (LAST,), code)[0]
    found = [finding for finding in findings if code in (None, finding.code)]
    found.sort(key=lambda finding: (finding.code, finding.object, finding.detail))
    return Report(found, judge.rules)


def broken_before_contracts(registry: Registry) -> list[Finding]:
    """What stands in the way of contracts: a registry that breaks its rules has none."""
    findings, _ = _offline(_Judge(registry), EARLY, None)
    return [found for found in findings if found.counts]


def _offline(
    judge: _Judge, steps: Iterable[int], code: str | None
) -> tuple[list[Finding], list[OfflineRule]]:
    """What is found, and the rules that were asked for it."""
    evidence = Evidence(judge.registry)
    findings: list[Finding] = []
    asked: list[OfflineRule] = []
    for step in steps:
        if any(finding.counts for finding in findings):
            break
        for rule in offline_rules():
            if rule.step == step and (code is None or code in rule.codes):
                asked.append(rule)
                findings += judge.findings(rule.check(evidence), rule.side)
    return findings, asked


def _asked(registry: Registry, asked: list[OfflineRule], with_live: bool) -> set[str]:
    """The rules of which every check has been run."""
    of_live = {rule.code for rule in live_rules(registry.root)}
    early = [rule for rule in offline_rules() if rule.step in EARLY]
    of_code = {code for rule in early for code in rule.codes}
    left_out = {code for rule in early if rule not in asked for code in rule.codes}
    return (of_code | of_live if with_live else of_code - of_live) - left_out
