"""The catalogue of mutations: each breaks one rule and says which object the finding must name."""

from collections.abc import Callable
from dataclasses import dataclass

from qios.check.finding import LIVE, REGISTRY

Found = tuple[str, str, str]  # rule code, object, side


@dataclass(frozen=True)
class Mutation:
    """`change` breaks a rule; `qios check` must then report `found`, and nothing else.

    change: of a Project for the sides registry and code, of a psycopg connection for live.
    """

    rule: str
    side: str
    found: frozenset[Found]
    change: Callable

    @property
    def label(self) -> str:
        return f"{self.rule}-{self.change.__name__}"


MUTATIONS: list[Mutation] = []


def breaks(
    rule: str, *objects: str, side: str = REGISTRY, also: tuple[tuple[str, str], ...] = ()
) -> Callable[[Callable], Callable]:
    """Enter a function into the catalogue.

    also: (rule, object) of what cannot be helped, since the one thing breaks two rules.
    """
    found = {(rule, thing, side) for thing in objects} | {(*pair, side) for pair in also}

    def enter(change: Callable) -> Callable:
        MUTATIONS.append(Mutation(rule, side, frozenset(found), change))
        return change

    return enter


def breaks_live(rule: str, *objects: str, also: tuple[tuple[str, str], ...] = ()) -> Callable:
    """breaks(), for what somebody typed into psql."""
    return breaks(rule, *objects, side=LIVE, also=also)
