"""`qios review …`: what waits for a decision, and the decisions."""

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer

from qios.commands import identity, review_item, review_sheet
from qios.commands.review_options import (
    EITHER,
    QUEUED,
    STAGED,
    All,
    Why,
    require_some,
    selecting,
)
from qios.errors import UsageError
from qios.output import Json, finish, table
from qios.review.selection import SHORT_ID, UNDECIDED, Selection

app = typer.Typer(no_args_is_help=True, help="See what waits for a person, and decide on it.")

Limit = Annotated[int, typer.Option(help="Show at most so many; 0 shows all.")]
AsNew = Annotated[
    bool, typer.Option("--as-new", help="Possible duplicates are records of their own.")
]
To = Annotated[str | None, typer.Option("--to", help="schema.table that takes what was captured.")]
AsMatch = Annotated[
    bool, typer.Option("--as-match", help="Possible duplicates are the entities proposed.")
]


@app.command("list")
@selecting(EITHER)
def list_items(selection: Selection, limit: Limit = 100, as_json: Json = False) -> None:
    """Show what waits for a person and what is proposed; with --status, any staged rows.

    Example: `qios review list --source zoho_contacts --reason problems`
    """
    from qios.review.items import count_waiting, find_items
    from qios.review.listing import count_by_status, count_refused, staged_rows
    from qios.review.selection import UNFINISHED
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        if selection.statuses:
            found = list(staged_rows(database, selection, limit or None))
        else:
            found = find_items(database, selection, limit or None)
        waiting = count_waiting(database)
        counts = count_by_status(database, selection.statuses or UNFINISHED)
        refused = count_refused(database)
    summary = {
        "rows": found,
        "waiting": waiting,
        "counts": counts,
        "refused": refused,
        "exit_code": 0,
    }
    if not as_json and found:
        table([_line(row) for row in found])
    text = [_waiting_text(waiting, counts, len(found))]
    if refused:
        text.append(
            f"  refused rows in staging.import_rows: {refused}; mend them in a new export, try "
            "them again by `qios stage --retry`, or dismiss them by `qios review dismiss`"
        )
    finish(summary, as_json, text)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """What of an item, or of a staged row, a table has room for."""
    from qios.review.lines import proposed

    line = {"item": str(row["item_id"])[:SHORT_ID]} if "item_id" in row else {}
    batch = row["import_batch_id"] and str(row["import_batch_id"])[:SHORT_ID]
    line |= {"source": row["source_key"], "batch": batch, "row": row["row_number"]}
    line |= {"what": row["display_name"]}
    if "item_id" in row:
        line |= {"why": row["waiting_reason"], "problems": row["problem_codes"]}
        line |= {"proposed": proposed(row), "for": row["assigned_to"]}
    else:
        line |= {"status": row["review_status"], "problems": row["problem_codes"]}
    return line


def _waiting_text(waiting: dict[str, int], counts: dict[str, int], shown: int) -> str:
    if not waiting and not counts:
        return "no rows wait"
    reasons = ", ".join(f"{number} {reason}" for reason, number in waiting.items()) or "nothing"
    statuses = ", ".join(f"{number} {status}" for status, number in counts.items())
    return f"{shown} shown; waiting for a person: {reasons}; staged rows: {statuses or 'none'}"


@app.command("approve")
@selecting(EITHER)
def approve(
    selection: Selection,
    every: All = False,
    as_new: AsNew = False,
    as_match: AsMatch = False,
    to: To = None,
    why: Why = None,
    as_json: Json = False,
) -> None:
    """Let rows pass, to be promoted; take what a source says; hand over what was captured.

    Example: `qios review approve --batch 3f2a91c4 --as-new --why "all new"`
    """
    from qios.review.duplicates import MATCH, NEW

    if as_new and as_match:
        raise UsageError("--as-new and --as-match contradict each other", "give one of them")
    duplicates_are = NEW if as_new else MATCH if as_match else None
    _decide("approved", selection, every, why, as_json, duplicates_are, to)


@app.command("reject")
@selecting(EITHER)
def reject(
    selection: Selection, every: All = False, why: Why = None, as_json: Json = False
) -> None:
    """Refuse rows, which stay in staging; keep what is held; discard what was captured.

    Example: `qios review reject 3f2a91c4 --why "a test contact"`
    """
    _decide("rejected", selection, every, why, as_json)


@app.command("assign")
@selecting(QUEUED)
def assign(
    selection: Selection,
    to: Annotated[str, typer.Option("--to", help="Who is to decide; empty: anybody.")] = "",
    every: All = False,
    as_json: Json = False,
) -> None:
    """Say who is to decide about what waits.

    Example: `qios review assign --reason duplicate_candidate --to ada`
    """
    from qios.gate import clean_text
    from qios.review.assign import assign as assign_items
    from qios.server.connection import connect

    require_some(selection, every)
    with connect(autocommit=True) as database:
        number = assign_items(database, selection, to)
    text = f"assigned to {clean_text(to) or 'nobody'}: {number} items"
    finish({"assigned": number, "exit_code": 0}, as_json, [text])


app.command("merge")(identity.merge)
app.command("split")(identity.split)


@app.command("dismiss")
@selecting(STAGED)
def dismiss(
    selection: Selection, every: All = False, why: Why = None, as_json: Json = False
) -> None:
    """Let refused rows wait no more; they are kept, with who said so and why.

    Example: `qios review dismiss --problem missing_cell --why "an empty line"`
    """
    from qios.review.dismiss import dismiss as dismiss_rows
    from qios.server.connection import work_and_jobs

    require_some(selection, every)
    with work_and_jobs() as (database, _):
        number = dismiss_rows(database, selection, why)
    finish({"dismissed": number, "exit_code": 0}, as_json, [f"dismissed: {number} refused rows"])


def _decide(
    status: str,
    selection: Selection,
    every: bool,
    why: str | None,
    as_json: bool,
    duplicates_are: str | None = None,
    to: str | None = None,
) -> None:
    from qios.review.kinds import decide_items
    from qios.review.listing import refuse_ambiguous_rows
    from qios.review.validate import validate
    from qios.server.connection import work_and_jobs

    require_some(selection, every)
    one_by_one = selection.rows and selection.batch
    if not (selection.statuses or selection.linked or one_by_one):
        # Rows of one batch by number are meant one by one; a wider filter means what is undecided.
        selection = replace(selection, statuses=UNDECIDED)
    with work_and_jobs() as (database, jobs):
        validate(database, jobs)
        refuse_ambiguous_rows(database, selection)
        decided = decide_items(database, selection, status, why, duplicates_are, to)
    counts: dict[str, Any] = asdict(decided)
    counts["exit_code"] = 1 if decided.refused or decided.unanswered else 0
    text = [f"{status}: {decided.changed} rows"]
    if decided.unchanged:
        text.append(f"  {decided.unchanged} were {status} already")
    if decided.unanswered:
        text.append(
            f"  {decided.unanswered} may be duplicates and wait on; say --as-new or --as-match, "
            "`qios review show` puts both sides next to each other"
        )
    if decided.refused > len(decided.told):
        text.append(
            f"  {decided.refused - len(decided.told)} stand where they cannot become {status} "
            "(qieos.statuses, group review_status); they are unchanged"
        )
    text += [f"  {message}" for message in decided.told]
    finish(counts, as_json, text)


app.command("show")(review_item.show)
app.command("edit")(review_item.edit)
app.command("next")(review_item.next_item)
app.command("export")(review_sheet.export)
app.command("import")(review_sheet.import_decisions)
