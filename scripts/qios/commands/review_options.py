"""The options by which the commands of `qios review` name what they are about."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from qios.errors import UsageError
from qios.review.selection import Selection

Items = Annotated[
    list[str] | None, typer.Argument(help="Items by the letters of their ids that `list` shows.")
]
OneItem = Annotated[str, typer.Argument(help="An item by the letters of its id.")]
SourceKey = Annotated[str | None, typer.Option("--source", help="Rows of this source.")]
Batch = Annotated[str | None, typer.Option(help="Rows of the batch whose id begins so.")]
Rows = Annotated[str | None, typer.Option(help="Rows by number, such as 3,5-9.")]
Problem = Annotated[
    str | None, typer.Option(help="Rows with this problem code, such as invalid_email.")
]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", help="Rows with this review status; repeatable.")
]
Reason = Annotated[
    str | None, typer.Option("--reason", help="What waits for this reason, such as problems.")
]
Assignee = Annotated[str | None, typer.Option(help="What this person is to decide.")]
Linked = Annotated[
    bool | None,
    typer.Option("--linked", help="What a source's policy linked, the most doubtful first."),
]
All = Annotated[bool, typer.Option("--all", help="Every row that waits.")]
Why = Annotated[str | None, typer.Option(help="The reason, kept with each row.")]

STAGED = {"source": SourceKey, "batch": Batch, "rows": Rows, "problem": Problem}
QUEUED = {"items": Items, **STAGED, "reason": Reason, "assignee": Assignee}
SHOWN = QUEUED | {"linked": Linked}
EITHER = SHOWN | {"statuses": Statuses}
"""What names staged rows, items of the queue, these or links, or any: options of a command, and
parts of a Selection."""


def selecting(options: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these options in place of its parameter `selection`, which it gets made of
    them."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            said = {name: given.pop(name) for name in options}
            parts = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in said.items()
                if value is not None
            }
            command(selection=Selection(**parts), **given)

        parameters = []
        for name, own in inspect.signature(command).parameters.items():
            offered = options if name == "selection" else {name: own.annotation}
            default = None if name == "selection" else own.default
            parameters += [
                inspect.Parameter(
                    option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
                )
                for option, annotation in offered.items()
            ]
        run.__signature__ = inspect.Signature(parameters)
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate


def require_some(selection: Selection, every: bool) -> None:
    """UsageError where neither the selection names anything nor --all was given."""
    if not every and not selection.restricts():
        raise UsageError(
            "no rows are named",
            "name items by their ids, or rows by --batch, --rows, --source, --problem, --reason, "
            "--assignee, --linked or --all",
        )
