"""A report as text, as JSON, or as SARIF 2.1.0 for the tools that annotate code."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from qios import __version__
from qios.check.finding import Finding
from qios.check.run import Report

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warn": "warning"}


def as_text(report: Report) -> str:
    """Finding by finding, those that count last, where a terminal ends; then one line in sum."""
    ordered = sorted(report.findings, key=lambda finding: finding.counts)
    numbers = Counter(_kind(finding) for finding in report.findings)
    summed = ", ".join(
        f"{numbers[kind]} {kind}" for kind in ("errors", "warnings", "waived") if numbers[kind]
    )
    return "\n".join([*map(str, ordered), summed or "every rule is kept"])


def as_json(report: Report) -> str:
    shown = {
        "findings": [f.as_dict() for f in report.findings if f.waiver is None],
        "suppressed": [f.as_dict() for f in report.findings if f.waiver],
        "exit_code": int(report.failed),
    }
    return json.dumps(shown, indent=2)


def as_sarif(report: Report) -> str:
    driver = {
        "name": "qios check",
        "version": __version__,
        "rules": [
            {
                "id": code,
                "name": row["title"].title().replace(" ", ""),
                "shortDescription": {"text": row["title"]},
                "fullDescription": {"text": row["statement"]},
                "help": {"text": row["remedy"]},
                "defaultConfiguration": {"level": LEVELS[row["severity"]]},
                "properties": {"section": row["section"]},
            }
            for code, row in report.rules.items()
        ],
    }
    positions = {code: position for position, code in enumerate(report.rules)}
    results = [_result(finding, positions[finding.code]) for finding in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _kind(finding: Finding) -> str:
    if finding.waiver:
        return "waived"
    return "errors" if finding.counts else "warnings"


def _result(finding: Finding, position: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": position,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.object}: {finding.detail}. {finding.remedy}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": finding.path, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": finding.line},
                },
                "logicalLocations": [{"fullyQualifiedName": finding.object}],
            }
        ],
        "partialFingerprints": {"qiosFinding/v1": finding.fingerprint},
        "properties": {"side": finding.side, "section": finding.section},
    }
    if finding.waiver:
        said = finding.waiver
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"{said['reason']} ({said['approved_by']}, "
                f"until {said['expires_on']})",
            }
        ]
    return result
