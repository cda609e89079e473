"""Waivers: a finding that somebody answers for until a day is shown, and does not count.

A waiver names one rule and one object exactly as the finding does. The data tests of a build heed
the same rows: see `fail_calc` in dbt_project.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from qios.check.catalogue import Broken
from qios.check.finding import Finding
from qios.registry.seeds import SeedRow

EXPIRED, UNUSED, BROAD = WAIVER_RULES = ("R0101", "R0102", "R0103")
LONGEST = timedelta(days=366)
"""From any day, the longest that a waiver may still run: then it is asked for anew."""
WILDCARDS = "*%?"


def today() -> date:
    """The day by which waivers are judged."""
    return date.today()


def day_of(row: SeedRow) -> date | None:
    """The last day of a waiver; None where it cannot be read."""
    try:
        return date.fromisoformat(row["expires_on"])
    except ValueError:
        return None


def in_force(row: SeedRow) -> bool:
    """Whether a waiver holds today."""
    last = day_of(row)
    return last is not None and last >= today() and not row["deprecated_at"]


def suppress(findings: Iterable[Finding], rows: list[SeedRow]) -> Iterator[Finding]:
    """The findings, each with the waiver that is in force for it. No waiver waives a waiver's."""
    granted = {(row["rule_code"], row["object"]): row for row in rows if in_force(row)}
    for finding in findings:
        waiver = granted.get((finding.code, finding.object))
        yield finding if finding.code in WAIVER_RULES else replace(finding, waiver=waiver)


def idle(
    findings: list[Finding], rows: list[SeedRow], asked: set[str], schemas: Iterable[str]
) -> Iterator[Broken]:
    """Waivers that waive nothing: because they name too much, or because nothing is wrong.

    asked: the rules of which every check has been run.
    """
    used = {id(finding.waiver) for finding in findings if finding.waiver}
    for row in rows:
        thing = f"{row['rule_code']} {row['object']}"
        if row["deprecated_at"] or id(row) in used or row["rule_code"] in WAIVER_RULES:
            continue
        if any(mark in row["object"] for mark in WILDCARDS):
            yield Broken(BROAD, thing, "a waiver is for one object, not for a pattern", row)
        elif row["rule_code"] not in asked:
            continue
        elif row["object"] in schemas:
            yield Broken(BROAD, thing, "a waiver is for one object, not for a whole schema", row)
        elif in_force(row):
            yield Broken(UNUSED, thing, "nothing is wrong there", row)
