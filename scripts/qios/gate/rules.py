"""The redaction rules of the registry, in their order."""

from functools import cache

from qios.gate.values import ValueRules, value_rules
from qios.paths import project_root
from qios.registry.model import Registry


def header_rules() -> list[tuple[str, str, str]]:
    """(pattern, marker, category) of the rules that look at headings."""
    return [(rule[0], rule[1], rule[2]) for rule in _rules() if rule[3] == "header"]


@cache
def registered_value_rules() -> ValueRules:
    """The rules that look at values."""
    return value_rules((rule[0], rule[1]) for rule in _rules() if rule[3] == "value")


@cache
def _rules() -> list[tuple[str, str, str, str]]:
    rules = Registry(project_root()).seeds["qivault.redaction_rules"]
    return [
        (rule["pattern"], rule["marker"], rule["data_category"], rule["applies_to"])
        for rule in sorted(rules, key=lambda rule: int(rule["position"]))
        if not rule["deprecated_at"]
    ]
