"""`qios forget`: a person is erased everywhere, with the proof that it was done."""

import sys
from typing import Annotated, Any

import typer

from qios.commands.correct import parse_id
from qios.errors import UsageError
from qios.output import Json, finish, say


def forget(
    entities: Annotated[
        list[str],
        typer.Argument(metavar="ENTITY…", help="The entity_id of a person, or the item of a row."),
    ],
    why: Annotated[str, typer.Option(help="The reason, kept with the proof.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    everywhere: Annotated[
        bool,
        typer.Option("--everywhere", help="Also where one word of the name stands alone."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Erase a person: rows, staged payloads, texts, former versions. It cannot be undone.

    Example: `qios forget "$entity_id" --why "asked to be forgotten"`
    """
    from qios.forget.forget import forget as forget_people
    from qios.server.connection import connect

    if not why.strip():
        raise UsageError("--why is empty", "say why: the reason is kept with the proof")
    people = [parse_id(entity) for entity in entities]
    with connect(autocommit=True) as database:
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("forgetting cannot be undone", "repeat it with --yes")
            for line in _text(
                forget_people(database, people, why, everywhere=everywhere, rehearse=True).as_dict()
            ):
                say(line)
            typer.confirm("Forget for good?", abort=True, err=True)
        done = forget_people(database, people, why, everywhere=everywhere).as_dict()
    finish(done | {"exit_code": 1 if done["left"] or done["others"] else 0}, as_json, _text(done))


def _text(done: dict[str, Any]) -> list[str]:
    lines = [f"forgotten   {', '.join(map(str, done['entities']))}"]
    for what in ("deleted", "emptied", "released", "redacted"):
        lines += [f"  {what}: {rows} rows of {table}" for table, rows in done[what].items()]
    lines.append(f"  images taken out of core.audit_events: {done['images']}")
    for other in done["others"]:
        whose = f"{other['display_name']} ({other['entity_id']})"
        lines.append(f"  kept: {other['shares']}, which {whose} has too")
    if done["others"]:
        lines.append(
            "    cure: if that is the same person, forget it too, or merge the two beforehand"
        )
    for at in done["left"]:
        ids = ", ".join(at["ids"])
        lines.append(f"  left: {at['table']}.{at['column']}, {at['rows']} rows ({ids})")
    if done["left"]:
        lines.append("    cure: look at them; `qios forget … --everywhere` takes the words out")
    for file in done["files"]:
        where = [f"version {file['version_number']}"]
        where += [f"{k} {', '.join(map(str, file[k]))}" for k in ("rows", "pages") if file[k]]
        lines.append(f"  still holds the person: {file['path']} ({'; '.join(where)})")
    lines.append("  outside: these files, backups, and pages of the disk until they are reused")
    lines.append(
        "    cure: delete or mend the files; `qios db psql -c 'vacuum full'` for the pages"
    )
    return lines
