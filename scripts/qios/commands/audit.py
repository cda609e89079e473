"""`qios undo` and `qios history`: what was done, and how to take it back."""

from typing import Annotated, Any

import typer

from qios.output import Json, finish

Batch = Annotated[str, typer.Argument(help="The beginning of the batch's id.")]
Force = Annotated[bool, typer.Option("--force", help="Also where rows were changed since.")]
Why = Annotated[str | None, typer.Option(help="The reason, kept in the journal.")]


def undo(batch: Batch, force: Force = False, why: Why = None, as_json: Json = False) -> None:
    """Take a batch back from the canonical tables, as if it had never been promoted."""
    from qios.audit.undo import undo as undo_batch
    from qios.dbt import one_build
    from qios.server.connection import connect

    with one_build(), connect(autocommit=True) as database:
        summary = undo_batch(database, batch, why, force=force)
    finish(summary | {"exit_code": 0}, as_json, undo_text(summary))


def undo_text(summary: dict[str, Any]) -> list[str]:
    batch = str(summary["batch_id"])[:8]
    lines = [f"undone      batch {batch}, {summary['rows']} rows of {summary['path']}"]
    for table, counts in summary["tables"].items():
        said = ", ".join(f"{number} {what}" for what, number in counts.items())
        lines.append(f"  {table}: {said}")
    if summary["kept"]:
        lines.append(f"  {summary['kept']} rows stay: other batches rest on them")
    if summary["approved_again"]:
        lines.append(
            f"  {summary['approved_again']} rows of other batches say otherwise of them: "
            "`qios promote` writes what they say"
        )
    lines.append(
        "  its rows stay staged, and a file that says the same brings no new ones: "
        f"`qios review approve --batch {batch} --status undone`, then `qios promote`, bring them back"
    )
    return lines
