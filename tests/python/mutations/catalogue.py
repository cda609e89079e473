"""The catalogue of mutations: each breaks one rule and says which object the finding must name."""

from collections.abc import Callable
from dataclasses import dataclass

from projects import Project

# The command that has to find the broken rule.
CONTRACTS = ("contracts",)
CHECK = ("contracts", "--check")
DIFF = ("diff", "--ref", "HEAD")
BUILD = ("build", "--select", "qieos__seed_modules")
TESTS = ("build", "--select", "tag:governance")
REGISTRY = (*TESTS, "path:seeds/qieos", "path:models/canonical/qieos")
# PostgreSQL itself refuses, by the constraint's name: it knows no rule codes.
PSQL = ("db", "psql", "-X", "-v", "ON_ERROR_STOP=1", "-c")


@dataclass(frozen=True)
class Mutation:
    """`change` breaks `rule`; `command` must then report `code` for all of `named`, and no more."""

    rule: str
    named: tuple[str, ...]
    command: tuple[str, ...]
    code: str
    change: Callable[[Project], None]

    @property
    def label(self) -> str:
        return f"{self.rule}-{self.change.__name__}"


MUTATIONS: list[Mutation] = []


def breaks(
    rule: str, *named: str, by: tuple[str, ...], reported_as: str = ""
) -> Callable[[Callable[[Project], None]], Callable[[Project], None]]:
    """Enter a function into the catalogue. `reported_as`: the rule whose check serves this one."""

    def enter(change: Callable[[Project], None]) -> Callable[[Project], None]:
        MUTATIONS.append(Mutation(rule, named, by, reported_as or rule, change))
        return change

    return enter
