"""`qios capture`, `qios captures`, `qios handoff`: words in, and to where they belong."""

import sys
import uuid
from pathlib import Path
from typing import Annotated, Any

import typer

from qios.commands.correct import parse_id, parse_values
from qios.errors import Findings, UsageError
from qios.output import Json, finish, table

About = Annotated[
    str | None, typer.Option(metavar="ENTITY", help="Whom or what it is about: an entity's id.")
]


def capture(
    text: Annotated[
        str | None, typer.Argument(help="What to take in; read from stdin where left out.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="A file to take in, registered first.")] = None,
    about: About = None,
    me: Annotated[
        str | None,
        typer.Option(metavar="ENTITY", help="Who captures here, kept for later: an entity's id."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Take it in though this session has it already.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take in a thought, an event or a file; it waits to be handed over to where it belongs.

    Example: `qios capture "call the plumber tomorrow at 9:30"`
    """
    from qios.capture.capture import capture as take_in
    from qios.capture.owner import set_owner
    from qios.server.connection import work_and_jobs

    with work_and_jobs() as (database, jobs):
        if me:
            set_owner(database, parse_id(me))
            if text is None and file is None:
                finish({"me": me, "exit_code": 0}, as_json, [f"captures here are {me}'s"])
                return
        taken = _file(database, jobs, file) if file else None
        words = text if text is not None else "" if file else sys.stdin.read()
        if not words.strip() and taken is None:
            raise UsageError("there is nothing to capture", 'write `qios capture "some words"`')
        done = take_in(database, words, taken, about and parse_id(about), again=again)
    line = f"captured    {done.title}"
    if done.known:
        line = (
            f"known       {done.title}: captured in this session before; --again takes it in twice"
        )
    home = f"  {done.classification_queue_id} waits for review, proposed for {done.target}"
    finish(vars(done) | {"exit_code": 0}, as_json, [line, home])


def _file(database: Any, jobs: Any, path: Path) -> Any:
    """Register the file as `qios register` does."""
    from qios.capture.files import registered_file
    from qios.intake.jobs import job

    with job(jobs, "register") as running:
        found = registered_file(database, path)
        running.file_count = 1
    return found


def captures(
    every: Annotated[
        bool, typer.Option("--all", help="Also what was handed over or discarded.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the captures that wait to be handed over."""
    from qios.capture.listing import captures as find_captures
    from qios.server.connection import connect

    with connect(autocommit=True) as database:
        found = find_captures(database, every=every)
    if found and not as_json:
        table(found, skip=() if every else ("status", "target_id"))
    finish({"captures": found, "exit_code": 0}, as_json, [f"captures: {len(found)}"])


def handoff(
    items: Annotated[
        list[str], typer.Argument(metavar="ID…", help="As `qios captures` shows; 8 letters do.")
    ],
    to: Annotated[
        str | None, typer.Option(metavar="TABLE", help="Another home, as schema.table.")
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COLUMN=VALUE", help="A value for the record; repeatable."),
    ] = None,
    about: About = None,
    discard: Annotated[bool, typer.Option("--discard", help="Throw the captures away.")] = False,
    why: Annotated[str | None, typer.Option(help="The reason, kept with the decision.")] = None,
    as_json: Json = False,
) -> None:
    """Hand captures over to the schema that owns their meaning, or discard them.

    Example: `qios handoff 3f2a91c4 --to qilife.tasks --set priority=1`
    """
    from qios.capture.handoff import ACCEPT, REJECT, hand_over
    from qios.server.connection import connect

    with connect(autocommit=True) as database:
        done = hand_over(
            database,
            _ids(database, items),
            REJECT if discard else ACCEPT,
            to,
            values=parse_values(values or []),
            about=about and parse_id(about),
            reason=why,
        )
    lines = []
    for one in done:
        where = f" {one.target_id}" if one.target_id else f": {one.message}" if one.message else ""
        lines.append(f"{one.status:<11} {one.target}{where}")
        lines += [f"    cure: {one.cure}"] if one.cure else []
    refused = any(one.status == "refused" for one in done)
    finish({"items": [vars(one) for one in done], "exit_code": int(refused)}, as_json, lines)


def _ids(database: Any, items: list[str]) -> list[uuid.UUID]:
    """The items that these beginnings of ids name. Findings where one names none or several."""
    found = []
    for text in items:
        rows = database.execute(
            "select id from qiaccess.classification_queue"
            " where waiting_reason = 'capture' and starts_with(id::text, %s)",
            [text.lower()],
        ).fetchall()
        if len(rows) != 1 or len(text) < 8:
            raise Findings(f"{text!r} names {len(rows)} captures", "`qios captures` lists them")
        found += [row[0] for row in rows]
    return found
