"""The options by which the commands of `qios review` name what they are about."""

from typing import Annotated

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
All = Annotated[bool, typer.Option("--all", help="Every row that waits.")]
Why = Annotated[str | None, typer.Option(help="The reason, kept with each row.")]


def require_some(selection: Selection, every: bool) -> None:
    """UsageError where neither the selection names anything nor --all was given."""
    if not every and not selection.restricts():
        raise UsageError(
            "no rows are named",
            "name items by their ids, or rows by --batch, --rows, --source, --problem, --reason, "
            "--assignee or --all",
        )
