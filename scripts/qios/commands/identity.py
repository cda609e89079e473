"""`qios review merge` and `qios review split`: two entities are one, or are not."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from qios.errors import UsageError
from qios.output import Json, finish, table

Named = Annotated[
    str, typer.Argument(help="An entity: its id or the beginning of it, its e-mail or its name.")
]
Into = Annotated[
    str | None, typer.Option(help="The one that survives; without it the first one does.")
]
Why = Annotated[str, typer.Option(help="The reason, kept with the decision.")]
Plan = Annotated[bool, typer.Option("--plan", help="Show what would change, and change nothing.")]


def merge(
    first: Named,
    second: Named,
    why: Why = "",
    into: Into = None,
    plan: Plan = False,
    as_json: Json = False,
) -> None:
    """Make one entity of two: what refers to the losing one follows, its id still leads there.

    Example: `qios review merge ada@example.org "Ada Byron" --why "one person" --plan`
    """
    from qios.dbt import one_build
    from qios.identity.find import find_entity
    from qios.identity.merge import merge as merge_entities
    from qios.server.connection import connect

    _require_reason(why, plan)
    with connect(autocommit=True) as database, one_build():
        one, other = find_entity(database, first), find_entity(database, second)
        survivor = find_entity(database, into) if into else one
        if survivor not in (one, other):
            raise UsageError(f"--into {into} is neither of the two", "name one of the two")
        loser = other if survivor == one else one
        summary = _do(
            database, lambda: merge_entities(database, survivor, loser, why or None), plan
        )
    summary |= {"survivor": str(survivor), "merged": str(loser)}
    _tell(summary, f"{loser} is merged into {survivor}", plan, as_json)


def split(named: Named, why: Why = "", plan: Plan = False, as_json: Json = False) -> None:
    """Take a merge back: the merged entity has what was its own, and what came for it since.

    Example: `qios review split 3f2a91c4 --why "her sister"`
    """
    from qios.dbt import one_build
    from qios.identity.find import find_entity
    from qios.identity.split import split as split_entity
    from qios.server.connection import connect

    _require_reason(why, plan)
    with connect(autocommit=True) as database, one_build():
        loser = find_entity(database, named)
        summary = _do(database, lambda: split_entity(database, loser, why or None), plan)
    summary |= {"split": str(loser)}
    _tell(summary, f"{loser} is an entity of its own again", plan, as_json)


def _require_reason(why: str, plan: bool) -> None:
    if not why.strip() and not plan:
        raise UsageError("no reason is given", "say --why, it is kept with the decision")


def _do(database: Any, change: Callable[[], Any], plan: bool) -> dict[str, Any]:
    """The change itself, or with `plan` what it would be."""
    from qios.identity.preview import preview

    if plan:
        return preview(database, change) | {"exit_code": 0}
    return {"act": str(change()), "exit_code": 0}


def _tell(summary: dict[str, Any], done: str, plan: bool, as_json: bool) -> None:
    if plan and not as_json:
        for part in ("rows", "values"):
            if summary[part]:
                table(summary[part])
    finish(summary, as_json, ["nothing is changed; this is what would be" if plan else done])
