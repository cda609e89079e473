"""`qios build` and `qios promote`: the canonical tables, by dbt."""

from typing import Any

import typer

from qios.output import Json, finish


def build(context: typer.Context) -> None:
    """Run `dbt build` on the whole database; arguments go on to dbt. One build at a time."""
    from qios.dbt import one_build, run_dbt

    with one_build() as lock:
        exit_code = run_dbt("build", *context.args, lock=lock)
    raise typer.Exit(exit_code)


def promote(as_json: Json = False) -> None:
    """Apply the sources' review policies, then move approved rows into the canonical tables."""
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        summary = promote_approved(database, jobs)
    finish(summary, as_json, promote_text(summary))


def promote_approved(database: Any, jobs: Any) -> dict[str, Any]:
    """Validate, approve by policy, promote; the summary of all three."""
    from qios.intake.jobs import job
    from qios.promote import promote as promote_rows
    from qios.review.listing import count_by_status
    from qios.review.selection import UNDECIDED
    from qios.review.validate import apply_policies, validate

    validate(database, jobs)
    approved = apply_policies(database)
    with job(jobs, "promote"):
        promoted = promote_rows(database)
    waiting = count_by_status(database, UNDECIDED)
    return {
        "approved_by_policy": sum(approved.values()),
        "promoted": sum(promoted.rows.values()),
        "waiting_for_review": sum(waiting.values()),
        "entities": promoted.entities,
        "tables": promoted.tables,
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
    if summary["waiting_for_review"]:
        lines.append(f"  {summary['waiting_for_review']} rows wait: `qios review list` shows them")
    return lines
