"""`qios review …`: what waits for a decision, and the decisions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import typer

from qios.commands import identity
from qios.errors import UsageError
from qios.output import Json, finish, table
from qios.review.selection import UNFINISHED, Selection

app = typer.Typer(no_args_is_help=True, help="See the staged rows that wait, and decide on them.")

SourceKey = Annotated[str | None, typer.Option("--source", help="Rows of this source.")]
Batch = Annotated[str | None, typer.Option(help="Rows of the batch whose id begins so.")]
Rows = Annotated[str | None, typer.Option(help="Rows by number, such as 3,5-9.")]
Problem = Annotated[
    str | None, typer.Option(help="Rows with this problem code, such as invalid_email.")
]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", help="Rows with this review status; repeatable.")
]
All = Annotated[bool, typer.Option("--all", help="Every row that waits.")]
Why = Annotated[str | None, typer.Option(help="The reason, kept with each row.")]
Limit = Annotated[int, typer.Option(help="Show at most so many rows a source; 0 shows all.")]


@app.command("list")
def list_rows(
    source: SourceKey = None,
    batch: Batch = None,
    rows: Rows = None,
    problem: Problem = None,
    status: Statuses = None,
    limit: Limit = 100,
    as_json: Json = False,
) -> None:
    """Show the staged rows that are not promoted yet."""
    from qios.review.listing import count_by_status, count_refused, waiting_rows
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    selection = Selection(source, batch, rows, problem, tuple(status or UNFINISHED))
    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        found = list(waiting_rows(database, selection, limit or None))
        counts = count_by_status(database, selection.statuses)
        refused = count_refused(database)
    summary = {"rows": found, "counts": counts, "refused": refused, "exit_code": 0}
    if not as_json and found:
        batches = [{"batch": str(row["import_batch_id"])[:8]} for row in found]
        rows_with_batch = [batch | row for batch, row in zip(batches, found, strict=True)]
        table(rows_with_batch, skip=("import_batch_id",))
    text = [_waiting_text(counts, len(found))]
    if refused:
        text.append(
            f"  refused rows in staging.import_rows: {refused}; mend them in a new export, try "
            "them again by `qios stage --retry`, or dismiss them by `qios review dismiss`"
        )
    finish(summary, as_json, text)


def _waiting_text(counts: dict[str, int], shown: int) -> str:
    if not counts:
        return "no rows wait"
    of_each = ", ".join(f"{number} {status}" for status, number in counts.items())
    return f"{shown} shown; in all sources: {of_each}"


def _decision(status: str) -> Callable[..., None]:
    """A command that gives the rows which its options name this review status."""

    def command(
        source: SourceKey = None,
        batch: Batch = None,
        rows: Rows = None,
        problem: Problem = None,
        with_status: Statuses = None,
        every: All = False,
        why: Why = None,
        as_json: Json = False,
    ) -> None:
        selection = Selection(source, batch, rows, problem, tuple(with_status or ()))
        _decide(status, selection, every, why, as_json)

    return command


app.command("approve", help="Let rows pass: the next promotion takes them.")(_decision("approved"))
app.command("reject", help="Refuse rows; they stay in staging with who said so and why.")(
    _decision("rejected")
)

app.command("merge")(identity.merge)
app.command("split")(identity.split)


@app.command("dismiss")
def dismiss(
    source: SourceKey = None,
    batch: Batch = None,
    rows: Rows = None,
    problem: Problem = None,
    every: All = False,
    why: Why = None,
    as_json: Json = False,
) -> None:
    """Let refused rows wait no more; they are kept, with who said so and why."""
    from qios.review.dismiss import dismiss as dismiss_rows
    from qios.server.connection import work_and_jobs

    selection = Selection(source, batch, rows, problem)
    _require_rows(selection, every)
    with work_and_jobs() as (database, _):
        number = dismiss_rows(database, selection, why)
    finish({"dismissed": number, "exit_code": 0}, as_json, [f"dismissed: {number} refused rows"])


def _require_rows(selection: Selection, every: bool) -> None:
    if not every and not selection.restricts():
        raise UsageError(
            "no rows are named", "name them by --batch, --rows, --source, --problem or --all"
        )


def _decide(status: str, selection: Selection, every: bool, why: str | None, as_json: bool) -> None:
    from qios.review.decide import decide
    from qios.review.listing import refuse_ambiguous_rows
    from qios.review.selection import UNDECIDED
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    _require_rows(selection, every)
    if not selection.statuses and not (selection.rows and selection.batch):
        # Rows of one batch by number are meant one by one; a wider filter means what is undecided.
        selection = replace(selection, statuses=UNDECIDED)
    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        refuse_ambiguous_rows(database, selection)
        counts: dict[str, Any] = decide(database, selection, status, why)
    counts["exit_code"] = 1 if counts["refused"] else 0
    text = [f"{status}: {counts['changed']} rows"]
    if counts["unchanged"]:
        text.append(f"  {counts['unchanged']} were {status} already")
    if counts["refused"]:
        text.append(
            f"  {counts['refused']} stand where they cannot become {status} "
            "(qieos.statuses, group review_status); they are unchanged"
        )
    finish(counts, as_json, text)
