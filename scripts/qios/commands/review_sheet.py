"""`qios review export` and `import`: decisions in a spreadsheet."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from qios.commands.review_options import SHOWN, selecting
from qios.output import Json, finish
from qios.review.selection import Selection

Sheet = Annotated[Path, typer.Argument(help="A workbook (.xlsx) or a .csv file.")]
Limit = Annotated[int, typer.Option(help="At most so many items; 0 takes all.")]


@selecting(SHOWN)
def export(file: Sheet, selection: Selection, limit: Limit = 0, as_json: Json = False) -> None:
    """Write what waits, captures and conflicts aside, into a spreadsheet to decide in.

    Example: `qios review export decisions.xlsx --reason duplicate_candidate`
    """
    from qios.review.items import find_items
    from qios.review.sheet.entries import entries_of
    from qios.review.sheet.write import write
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        entries = list(entries_of(database, find_items(database, selection, limit or None)))
    write(file.absolute(), entries)
    finish(
        {"exported": len(entries), "file": str(file), "exit_code": 0},
        as_json,
        [f"exported: {len(entries)} items to {file}; fill in the column `decision`"],
    )


def import_decisions(file: Sheet, as_json: Json = False) -> None:
    """Take a spreadsheet back: every line is checked, and all are applied or none.

    Example: `qios review import decisions.xlsx`
    """
    from qios.review.sheet.take_back import take_back
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        taken = take_back(database, file)
        validate(database, jobs)
    summary: dict[str, Any] = asdict(taken) | {"exit_code": 1 if taken.wrong else 0}
    if taken.wrong:
        text = [f"nothing was changed: {len(taken.wrong)} lines are wrong"]
        for wrong in taken.wrong:
            text.append(f"  line {wrong['line']}, item {wrong['item']}: {wrong['message']}")
            text.append(f"    cure: {wrong['cure']}")
    else:
        text = [
            f"decided: {taken.decided} items, edited: {taken.edited}",
            f"  {taken.unchanged} were decided so already, {taken.left} hold no decision",
        ]
    finish(summary, as_json, text)
