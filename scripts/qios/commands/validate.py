"""`qios validate`: the verdicts on batches, and their pages."""

from typing import Annotated, Any

import typer

from qios.errors import UsageError
from qios.output import Json, finish, say

Batch = Annotated[
    str | None, typer.Option(help="Only the batch whose id begins so, validated once more.")
]
Open = Annotated[bool, typer.Option("--open", help="Show the verdicts as pages in the browser.")]


def validate(batch: Batch = None, show: Open = False, as_json: Json = False) -> None:
    """Judge the batches that wait by what the registry expects of them, and show all verdicts.

    Example: `qios validate --batch 3f2a91c4 --open`
    """
    from qios.review.validate import validate as validate_batches
    from qios.server.connection import work_and_jobs
    from qios.validation.listing import verdicts

    with work_and_jobs() as (database, jobs):
        judged = validate_batches(database, jobs, batch)
        if batch and not judged:
            raise UsageError(
                f"no batch has an id that begins with {batch!r}",
                "give the 8 letters that `qios review list` shows",
            )
        found = verdicts(database, judged)
    if batch:
        found = [verdict for verdict in found if verdict["batch_id"] in judged]
    summary: dict[str, Any] = {"validated": len(judged), "batches": found}
    if show:
        summary["page"] = _show(found)
    failed = any(verdict["verdict"] == "failed" for verdict in found)
    finish(summary | {"exit_code": 1 if failed else 0}, as_json, _text(summary))


def _show(found: list[dict[str, Any]]) -> str:
    import webbrowser

    from qios.paths import state_dir
    from qios.validation.pages import write_pages

    page = write_pages(state_dir() / "validation", found)
    if not webbrowser.open(page.as_uri()):
        say(f"no browser could be opened; the pages begin at {page}")
    return str(page)


def _text(summary: dict[str, Any]) -> list[str]:
    lines = [f"validated   {summary['validated']} batches"]
    for batch in summary["batches"]:
        number, verdict = len(batch["expectations"]), batch["verdict"] or "not validated"
        met = f"{number - len(batch['broken'])} of {number} expectations met"
        lines.append(
            f"  {str(batch['batch_id'])[:8]} {batch['path']}: {verdict.replace('_', ' ')}, "
            f"{met if number else 'no row to judge'}"
        )
        lines += [
            f"    {e['code']}, of the {e['scope']}: expected, and not so: {e['says']}"
            for e in batch["expectations"]
            if not e["met"]
        ]
    if any(batch["broken"] for batch in summary["batches"]):
        lines.append(
            "  cure: `qios review list` shows the rows; mend them in a new export or decide"
        )
    return lines
