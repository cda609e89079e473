"""`qios review show`, `edit` and `next`: one item of the queue at a time."""

from dataclasses import asdict
from typing import Annotated

import typer

from qios.commands.review_options import SHOWN, OneItem, Why, selecting
from qios.errors import UsageError
from qios.output import Json, finish
from qios.review.selection import Selection

Cells = Annotated[list[str], typer.Argument(help="column=value; an empty value empties the cell.")]


def show(item: OneItem, as_json: Json = False) -> None:
    """Show one item: cells and problems, both sides of a duplicate, what would change.

    Example: `qios review show 3f2a91c4`
    """
    from qios.review.describe import describe
    from qios.review.items import one_item
    from qios.review.lines import lines_of
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        told = describe(database, one_item(database, item))
    finish(told | {"exit_code": 0}, as_json, lines_of(told))


def edit(item: OneItem, cells: Cells, why: Why = None, as_json: Json = False) -> None:
    """Change what a staged row says before it is approved; what the file said is kept beside it.

    Example: `qios review edit 3f2a91c4 email=ada@example.org --why "a slip"`
    """
    from qios.review.describe import describe
    from qios.review.edit import edit as edit_row
    from qios.review.items import one_item
    from qios.review.lines import lines_of
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    values = parse_cells(cells)
    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        edited = edit_row(database, one_item(database, item), values, why)
        validate(database, jobs)
        told = describe(database, one_item(database, item))
    changes = [
        f"{name}: {edited.before[name]!r} -> {edited.after[name]!r}" for name in edited.after
    ]
    summary = {"before": edited.before, "after": edited.after, **told, "exit_code": 0}
    finish(summary, as_json, [*(changes or ["nothing changed"]), *lines_of(told)])


def parse_cells(cells: list[str]) -> dict[str, str]:
    """`column=value` texts as column -> value."""
    values = {}
    for cell in cells:
        column, equals, value = cell.partition("=")
        if not equals:
            raise UsageError(f"{cell!r} gives no value", "write column=value")
        values[column.strip()] = value
    return values


@selecting(SHOWN)
def next_item(selection: Selection, why: Why = None) -> None:
    """Show what waits, one item at a time, and take each decision by a key.

    Example: `qios review next --assignee ada`
    """
    from qios.review.one_by_one import one_by_one
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        done = one_by_one(database, jobs, selection, why)
    print(", ".join(f"{number} {what}" for what, number in asdict(done).items()))
