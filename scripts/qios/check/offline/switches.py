"""§7: nothing turns off, softens or leaves out what holds a change to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.finding import CODE
from qios.check.offline.schemas import PROJECT
from qios.paths import text_of

# What makes a test of dbt pass, whatever it finds.
SOFTENING = {"enabled", "severity", "warn_if", "error_if", "limit", "where"}
TESTS = ("data_tests", "tests", "unit_tests")
# What runs the checks, and how a command there leaves one out or hides that it failed.
RUNNERS = ("Makefile", ".pre-commit-config.yaml", ".ci/run")
LEAVING_OUT = re.compile(
    r"--no-verify|--exclude\b|--deselect|--ignore[= ]|--no-warn-error|--exit-zero|\bSKIP="
    r"|\|\|\s*(?:true|:)(?=\s|$)|^\t-[^-]|stages:\s*\[?\s*manual",
    re.MULTILINE,
)


@rule("R0712", side=CODE)
def tests_count(evidence: Evidence) -> Iterator[Broken]:
    """No setting of dbt_project.yml or of a YAML file beside the models lets a test pass by."""
    project = evidence.project
    for section in (*TESTS, "models", "seeds"):
        soft = SOFTENING if section in TESTS else {"enabled"}
        for setting in _settings(project.get(section), section):
            if setting.rpartition(".")[2].lstrip("+") in soft:
                thing = f"{PROJECT} {setting}"
                yield Broken("R0712", thing, "lets what it is about pass by", Path(PROJECT))
    for path in evidence.properties:
        text = text_of(evidence.root / path)
        if "enabled" in text:
            for test in _unit_tests(text):
                if not (test.get("config") or {}).get("enabled", True):
                    yield Broken("R0712", path.as_posix(), f"switches {test['name']} off", path)


@rule("R0712", side=CODE)
def commands_leave_nothing_out(evidence: Evidence) -> Iterator[Broken]:
    for name in RUNNERS:
        path = evidence.root / name
        text = text_of(path) if path.exists() else ""
        if found := LEAVING_OUT.search(text):
            detail = f"leaves out a check, or that it failed: {found.group().strip()}"
            line = text.count("\n", 0, found.start()) + 1
            yield Broken("R0712", name, detail, (Path(name), line))


def _unit_tests(text: str) -> list[dict[str, Any]]:
    return (yaml.load(text, yaml.CSafeLoader) or {}).get("unit_tests") or []


def _settings(node: Any, path: str) -> Iterator[str]:
    """The path of each key below a section."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield f"{path}.{key}"
            yield from _settings(value, f"{path}.{key}")
