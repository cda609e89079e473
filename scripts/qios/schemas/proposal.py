"""A proposed schema: the creation test walked through, and its row in qieos.schemas."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qios.check.specification import CRITERIA_NEEDED
from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.registry.model import Registry, Relation
from qios.registry.seed_writer import put_row
from qios.registry.seeds import SeedRow
from qios.schemas.evidence import QUESTIONS, Domain, Evidence, evidence, tables_of_domain
from qios.schemas.tally import set_by_hand

SCHEMAS = "qieos.schemas"
PROPOSED, APPROVED = "proposed", "active"

# Asks a person: the criterion and what is known of it → the reason if it is met, an empty text if
# it is not, None if nobody is there to ask.
Ask = Callable[[Evidence], str | None]


@dataclass(frozen=True)
class Proposal:
    """What was answered to each criterion, in their order; `answers` hold only what is settled."""

    domain: Domain
    purpose: str
    sensitivity: str
    answers: tuple[Evidence, ...]

    @property
    def criteria_met(self) -> int:
        return sum(bool(answer.met) for answer in self.answers)

    @property
    def passed(self) -> bool:
        return self.criteria_met >= CRITERIA_NEEDED

    @property
    def verdict(self) -> str:
        tally = f"{self.criteria_met} of eight criteria met, {CRITERIA_NEEDED} needed"
        if self.passed:
            return f"{tally}: it may be approved"
        return f"{tally}: it stays in {self.domain.home}, and nothing can approve it"

    def row(self, header: list[str]) -> dict[str, str]:
        """Until somebody says otherwise it may hold what its home may, and point there besides."""
        told = "; ".join(
            f"{QUESTIONS[answer.criterion].rstrip('.')}: {answer.found}"
            for answer in self.answers
            if answer.met
        )
        home = self.domain.home
        cells = dict.fromkeys(header, "") | {
            "schema_name": self.domain.name,
            "owning_module": self.domain.owner,
            "purpose": self.purpose,
            "status": PROPOSED,
            "default_sensitivity": self.sensitivity,
            "allowed_policies": self.domain.home_row["allowed_policies"],
            "may_reference": "|".join((*self.domain.home_row.items("may_reference"), home)),
            "decision": f"{self.verdict}. {told}".strip(),
        }
        return cells | {answer.criterion: "true" if answer.met else "" for answer in self.answers}


def propose(
    registry: Registry,
    name: str,
    *,
    purpose: str,
    owner: str,
    tables: tuple[str, ...],
    met: dict[str, str],
    ask: Ask,
) -> Proposal:
    """Walk the creation test for a schema `name`.

    tables: `schema.table` that would move, or a bare name of one that would be new; without any,
    those whose names have a word of the domain. met: criterion → why it is met, empty if it is not,
    for the criteria that only a person can tell; `ask` is asked about the rest of these, and what
    it leaves open stays as it was proposed before.

    Raises UsageError for a name that cannot be a schema's and for what is not registered.
    """
    known = schema_row(registry, name)
    if known and known["status"] == APPROVED:
        raise UsageError(f"{name} is an approved schema already", "add its tables to the registry")
    refuse_bad_name(registry, name)
    purpose = clean_text(purpose) or (known["purpose"] if known else "")
    owner = owner or (known["owning_module"] if known else "")
    modules = [row["module_key"] for row in registry.seeds["qieos.modules"]]
    if not purpose or owner not in modules:
        missing = "its purpose is not said" if not purpose else f"no module is called {owner!r}"
        raise UsageError(
            f"{name}: {missing}",
            f"give --purpose, and --owner: the module it would leave ({', '.join(modules)})",
        )
    planned = [table for table in tables if "." not in table]
    moving = [_relation(registry, table) for table in tables if "." in table]
    found = moving if tables else tables_of_domain(registry, name, owner, purpose)
    domain = Domain(registry, name, owner, tuple(found), tuple(planned))
    answers = list(evidence(domain))
    asked = [answer.criterion for answer in answers if answer.met is None]
    if unasked := sorted(set(met) - set(asked)):
        raise UsageError(
            f"{', '.join(unasked)}: the registry answers that, not a person",
            f"a person answers {', '.join(asked)}",
        )
    settled = tuple(_settled(answer, met, ask, known) for answer in answers)
    return Proposal(domain, purpose, _sensitivity(domain, known), settled)


def store(registry: Registry, proposal: Proposal) -> int:
    """Write the proposal's row, in place of an earlier one; returns its line in the seed."""
    header = registry.seeds.header("qieos.seed_schemas")
    return put_row(registry.seeds, SCHEMAS, "schema_name", proposal.row(header))


def schema_row(registry: Registry, name: str) -> SeedRow | None:
    return next((row for row in registry.seeds[SCHEMAS] if row["schema_name"] == name), None)


def refuse_bad_name(registry: Registry, name: str) -> None:
    """Raises Findings where the name breaks a naming standard of schemas."""
    for standard in registry.seeds["qieos.naming_standards"]:
        if standard["applies_to"] == "schema" and not standard["deprecated_at"]:
            forbidden = standard["effect"] == "forbidden"
            if (re.search(standard["pattern"], name) is not None) == forbidden:
                raise Findings(
                    f"{standard['rule_code']} {name}: {standard['description']}",
                    f"a good name is {standard['good_example']}; docs/rules says why",
                )


def _settled(answer: Evidence, met: dict[str, str], ask: Ask, known: SeedRow | None) -> Evidence:
    if answer.met is not None:
        return answer
    reason = met[answer.criterion] if answer.criterion in met else ask(answer)
    before = known and known.flag(answer.criterion) and not set_by_hand(known)
    if reason is None and before:
        reason = f"as proposed before; {answer.found}"
    return Evidence(answer.criterion, bool(reason), clean_text(reason or answer.found))


def _relation(registry: Registry, name: str) -> Relation:
    try:
        return registry.relations[name]
    except KeyError:
        raise UsageError(
            f"{name} is not registered",
            "name a table as schema.table, or one that would be new without a schema",
        ) from None


def _sensitivity(domain: Domain, known: SeedRow | None) -> str:
    """The level that was proposed, else that of its most sensitive table, else its home's."""
    if known:
        return known["default_sensitivity"]
    levels = [table.row["sensitivity_level"] for table in domain.tables]
    return max(levels or [domain.default], key=lambda level: domain.ranks.get(level, 0))
