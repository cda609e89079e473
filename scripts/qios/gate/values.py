"""Secrets known by their shape, in whatever cell or text they stand.

Nearly all text holds none, so it is asked once for all rules together, by an engine that reads half
a gigabyte a second; the rules themselves, one after the other, see only what that stopped at.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from qios.errors import EnvironmentFault
from qios.gate.marker import MARKER, is_marker, marker
from qios.intake.decode import is_decodable

SECRET = "secret"  # noqa: S105 - the name of the group, where a rule replaces a part of its match
_ENCODED = re.compile(r"[^\s\"'<>]+")
_KEPT_IN_ADDRESSES = "/:;,?&=#()'\"!$*+@[]{}<>|"
_QUOTES = ('"', "'", "`")


@dataclass(frozen=True)
class ValueRules:
    """rules: (regular expression searched in a text, marker). Both engines must understand it."""

    rules: tuple[tuple[str, str], ...]

    def suspects(self, text: str) -> bool:
        """Whether a secret may stand in the text; False is certain."""
        if self._any_rule(text) or not is_decodable(text):
            return True
        return "%" in text and self._any_rule(unquote(text))

    def clean(self, text: str) -> str:
        """The text with every secret replaced."""
        if not self.suspects(text):
            return text
        return _ENCODED.sub(self._clean_encoded, self._clean_plain(text))

    def _clean_plain(self, text: str) -> str:
        for pattern, kind in self._compiled:
            text = pattern.sub(lambda found, kind=kind: _replaced(found, kind), text)
        return text

    def _clean_encoded(self, word: re.Match[str]) -> str:
        """A word as addresses have it, `the%20password%20is%20…`; as it was where it is clean."""
        plain = unquote(word.group()) if "%" in word.group() else ""
        clean = self._clean_plain(plain)
        return word.group() if clean == plain else quote(clean, safe=_KEPT_IN_ADDRESSES)

    @cached_property
    def _compiled(self) -> list[tuple[re.Pattern[str], str]]:
        """Each rule steps over the markers that an earlier one has left."""
        return [(compiled(f"{MARKER.pattern}|{pattern}"), kind) for pattern, kind in self.rules]

    @cached_property
    def _any_rule(self) -> Callable[[str], bool]:
        """One automaton for all rules, which may find more than they do and never less."""
        from pydantic_core import SchemaError, SchemaValidator, core_schema

        together = "|".join(f"(?:{_unconditional(pattern)})" for pattern, _ in self.rules)
        try:
            schema = core_schema.str_schema(pattern=together, regex_engine="rust-regex")
            return SchemaValidator(schema).isinstance_python
        except SchemaError as error:
            raise EnvironmentFault(
                "a redaction rule for values looks ahead or behind, or refers back: the fast "
                "search cannot do that",
                "mark the part to be replaced with (?P<secret>…) and match what stands around it",
            ) from error


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression of a rule, or EnvironmentFault."""
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise EnvironmentFault(
            f"the redaction rule {pattern!r} is not a regular expression: {error}",
            cure="correct the rule in the registry and load it again",
        ) from error


def _unconditional(pattern: str) -> str:
    r"""Without \b, which is slow beside letters that are not ASCII; without the bounds that keep
    the other engine from going back and forth, which this one never does; without a group name."""
    pattern = pattern.replace(r"\b", "").replace(f"(?P<{SECRET}>", "(?:")
    return re.sub(r"\{([01]),\d+\}", lambda bounds: "*+"[int(bounds[1])], pattern)


def _replaced(found: re.Match[str], kind: str) -> str:
    whole, group = found.group(), SECRET if SECRET in found.re.groupindex else 0
    if is_marker(whole):
        return whole
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    if whole[start] in _QUOTES and whole[start] == whole[end - 1] and end - start > 2:
        start, end = start + 1, end - 1
    return whole[:start] + marker(kind, whole[start:end]) + whole[end:]


def value_rules(rules: Iterable[tuple[str, str]]) -> ValueRules:
    """EnvironmentFault where there are none: a gate without rules lets nothing pass."""
    known = tuple(rules)
    if not known:
        raise EnvironmentFault(
            "the secret gate has no rules for values, so no file may pass it",
            cure="load the registry (its redaction rules are a seed), then import again",
        )
    return ValueRules(known)
