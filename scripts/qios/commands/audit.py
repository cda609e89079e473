"""`qios undo` and `qios history`: what was done, and how to take it back."""

from typing import Annotated, Any

import typer

from qios.output import Json, finish

Batch = Annotated[str, typer.Argument(metavar="BATCH", help="The beginning of the batch's id.")]
Force = Annotated[bool, typer.Option("--force", help="Also where rows were changed since.")]
Why = Annotated[str | None, typer.Option(help="The reason, kept in the journal.")]


# What a person reads in the lines of the events; --json has it in full.
NOT_SHOWN = ("id", "created_at", "created_by", "source_file_id", "import_batch_id", "updated_at")


def undo(batch: Batch, force: Force = False, why: Why = None, as_json: Json = False) -> None:
    """Take a batch back from the canonical tables, as if it had never been promoted.

    Example: `qios undo 3f2a91c4 --why "the wrong file"`
    """
    from qios.audit.undo import undo as undo_batch
    from qios.dbt import one_build
    from qios.server.connection import connect

    with one_build(), connect(autocommit=True) as database:
        summary = undo_batch(database, batch, why, force=force)
    finish(summary | {"exit_code": 0}, as_json, undo_text(summary))


def history(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="As schema.table.")],
    row_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the row.")],
    as_json: Json = False,
) -> None:
    """Show a row's life: who wrote what, when and why, and where each value came from.

    Example: `qios history core.people "$id"`
    """
    from qios.audit.history import history as life_of
    from qios.server.connection import connect

    with connect(autocommit=True) as database:
        life = life_of(database, table, row_id)
    finish(life | {"exit_code": 0}, as_json, history_text(life))


def history_text(life: dict[str, Any]) -> list[str]:
    lines = [f"{life['target']} {life['id']}" + ("" if life["is_live"] else ", deleted")]
    for number, event in enumerate(life["events"], 1):
        batch = f", batch {str(event['batch_id'])[:8]}" if event["batch_id"] else ""
        why = f": {event['reason']}" if event["reason"] else ""
        lines.append(
            f"{number:>3}  {event['occurred_at']:%Y-%m-%d %H:%M:%S}  {event['what']} by "
            f"{event['actor']} ({event['action']}, {event['application']}{batch}){why}"
        )
        lines += [f"       row {at['row_number']} of {at['path']}" for at in event["sources"]]
        lines += [
            f"       {change['column']}: {_shown(change['before'])} → {_shown(change['after'])}"
            for change in event["changes"]
            if change["column"] not in NOT_SHOWN
        ]
    for correction in life["corrections"]:
        ended = correction["withdrawn_at"]
        lines.append(
            f"     {correction['corrected_at']:%Y-%m-%d %H:%M:%S}  corrected by "
            f"{correction['corrected_by']}: {correction['column_name']} is "
            f"{_shown(correction['corrected_value'])}: {correction['reason']}"
            + (f" (withdrawn {ended:%Y-%m-%d %H:%M:%S})" if ended else "")
        )
    if life["values"]:
        lines.append("values, each with the number of the event that brought it")
    lines += [
        f"{value['event'] or '?':>3}  {value['column']}: {_shown(value['value'])}"
        for value in life["values"]
        if value["column"] not in NOT_SHOWN
    ]
    return lines


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value)


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
        "  its rows stay staged, and a file that says the same brings no new ones; "
        f"`qios review approve --batch {batch} --status undone` and `qios promote` "
        "bring them back"
    )
    return lines
