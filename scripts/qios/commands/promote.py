"""`qios build` and `qios promote`: the canonical tables, by dbt."""

from typing import Annotated, Any

import typer

from qios.errors import UsageError
from qios.output import Json, finish
from qios.review.selection import Selection


def build(context: typer.Context) -> None:
    """Run `dbt build` on the whole database; arguments go on to dbt. One build at a time.

    Example: `qios build --select core__people+`
    """
    from qios.dbt import one_build, run_dbt

    with one_build() as lock:
        exit_code = run_dbt("build", *context.args, lock=lock)
    raise typer.Exit(exit_code)


def promote(
    plan: Annotated[
        str | None, typer.Argument(help="Carry this plan out; its id begins so.")
    ] = None,
    only_plan: Annotated[
        bool, typer.Option("--plan", help="Show what would happen, and keep it as a plan.")
    ] = False,
    source: Annotated[
        str | None, typer.Option("--source", help="Plan the rows of this source only.")
    ] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", help="Plan the batch whose id begins so.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Apply the sources' review policies, then move approved rows into the canonical tables.

    Example: `qios promote --plan`, and when it is as it should be, `qios promote 3f2a91c4`
    """
    from qios.plans.find import find_plan
    from qios.plans.show import plan_text
    from qios.server.connection import work_and_jobs

    if (source or batch) and not only_plan:
        raise UsageError("--source and --batch restrict a plan", "add --plan")
    if plan and only_plan:
        raise UsageError("a plan is named and another one wanted", "leave out --plan, or the id")
    with work_and_jobs() as (database, jobs):
        if only_plan:
            summary = plan_approved(database, jobs, Selection(source, batch))
            text = (
                plan_text(summary)
                if summary["plan"]
                else ["no approved rows and no merges to carry out, so no plan"]
            )
        else:
            found = find_plan(database, plan) if plan else None
            summary = promote_approved(database, jobs, found)
            text = promote_text(summary)
    finish(summary, as_json, text)


def plan_approved(database: Any, jobs: Any, selection: Selection) -> dict[str, Any]:
    """Validate, then plan what approving by policy and promoting would do; all the plan says."""
    from qios.intake.jobs import job
    from qios.plans.make import make
    from qios.plans.show import read_plan
    from qios.review.validate import validate

    validate(database, jobs)
    with job(jobs, "plan"):
        plan = make(database, selection)
    return (read_plan(database, plan) if plan else {"plan": None}) | {"exit_code": 0}


def promote_approved(database: Any, jobs: Any, plan: Any = None) -> dict[str, Any]:
    """Validate, approve by policy, promote; the summary of all three.

    plan: carry out this plan, and nothing else.
    """
    from qios.intake.jobs import job
    from qios.promote import promote as promote_rows
    from qios.review.listing import count_by_status
    from qios.review.selection import UNDECIDED
    from qios.review.validate import apply_policies, validate

    if not plan:
        validate(database, jobs)
    approved = apply_policies(database)
    with job(jobs, "promote"):
        promoted = promote_rows(database, plan)
    waiting = count_by_status(database, UNDECIDED)
    return {
        "approved_by_policy": sum(approved.values()),
        "promoted": sum(promoted.rows.values()),
        "waiting_for_review": sum(waiting.values()),
        "entities": promoted.entities,
        "tables": promoted.tables,
        "conflicts": promoted.conflicts,
        "exit_code": 0,
    }


def promote_text(summary: dict[str, Any]) -> list[str]:
    lines = [
        f"promoted    {summary['promoted']} rows, {summary['approved_by_policy']} of them approved "
        "by their source's policy"
    ]
    if summary["promoted"]:
        entities = summary["entities"]
        lines.append(f"  entities: {entities['inserted']} inserted, {entities['updated']} updated")
    for table, rows in summary["tables"].items():
        lines.append(f"  {table}: {rows['inserted']} inserted, {rows['updated']} updated")
    if summary["conflicts"]:
        lines.append(
            f"  {summary['conflicts']} rows were changed by a person and by their source: the "
            "person's values stay until somebody decides (`qios review list`)"
        )
    if summary["waiting_for_review"]:
        lines.append(f"  {summary['waiting_for_review']} rows wait: `qios review list` shows them")
    return lines
