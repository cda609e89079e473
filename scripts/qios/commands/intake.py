"""`qios register`, `qios stage`, `qios ingest`: from files to staged rows, and the whole way."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from qios.commands.registering_text import register_text
from qios.commands.staging_text import stage_text
from qios.errors import Findings, UsageError
from qios.output import Json, finish, progress, say

Paths = Annotated[list[Path], typer.Argument(help="Files and folders; folders recursively.")]
SomePaths = Annotated[
    list[Path] | None, typer.Argument(help="Only these; everything that waits when left out.")
]
Encoding = Annotated[
    str | None,
    typer.Option(help="How to read a file that is not valid UTF-8, such as cp1252."),
]
Retry = Annotated[bool, typer.Option("--retry", help="Read once more what was refused before.")]
Reason = Annotated[
    str | None, typer.Option(help="With --retry: only what was refused with this reason code.")
]
Batch = Annotated[
    str | None, typer.Option(help="With --retry: only rows of this batch; its first letters do.")
]


def register(paths: Paths, as_json: Json = False) -> None:
    """Note files by path and SHA-256. The same bytes again are nothing new.

    Example: `qios register ~/Downloads`
    """
    with _connections() as (database, jobs):
        summary = _register(database, jobs, paths)
    finish(summary, as_json, register_text(summary))


def stage(
    paths: SomePaths = None,
    encoding: Encoding = None,
    retry: Retry = False,
    reason: Reason = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """Read registered files: tables into staging, each row accounted for; the text of documents.

    Example: `qios stage --retry --reason missing_cell`
    """
    from qios.intake import waiting
    from qios.intake.decode import require_encoding
    from qios.intake.listing import files_below

    require_encoding(encoding)
    if (reason or batch) and not retry:
        raise UsageError("--reason and --batch choose among refused rows", "add --retry")
    only = files_below(paths) if paths else None
    with _connections() as (database, jobs):
        strangers = waiting.unregistered(database, only or [])
        if retry:
            versions = waiting.refused_before(database, only, reason=reason, batch=batch)
        else:
            versions = waiting.unstaged(database, only)
        summary = _stage(database, jobs, versions, encoding, strangers)
    finish(summary, as_json, stage_text(summary))


def ingest(paths: Paths, encoding: Encoding = None, as_json: Json = False) -> None:
    """Register, stage, review by the source's policy, and promote.

    Example: `qios ingest samples`
    """
    from qios.commands.promote import promote_approved, promote_text
    from qios.intake.decode import require_encoding
    from qios.intake.waiting import unstaged_of

    require_encoding(encoding)
    with _connections() as (database, jobs):
        registered = _register(database, jobs, paths)
        at_hand: dict[Any, str] = {}
        for file in registered["files"]:
            if file["version_id"]:
                at_hand.setdefault(file["version_id"], file["path"])
        staged = _stage(database, jobs, unstaged_of(database, at_hand), encoding)
        promoted = promote_approved(database, jobs)
    summary = {"register": registered, "stage": staged, "promote": promoted}
    summary["exit_code"] = max(part["exit_code"] for part in summary.values())
    text = register_text(registered) + stage_text(staged) + promote_text(promoted)
    finish(summary, as_json, text)


def _connections():
    from qios.server.connection import work_and_jobs

    return work_and_jobs()


def _register(database: Any, jobs: Any, paths: list[Path]) -> dict[str, Any]:
    from qios.intake.jobs import job
    from qios.intake.listing import files_below
    from qios.intake.register import register as register_files
    from qios.intake.versions import REFUSED, UNREADABLE

    files = files_below(paths)
    with job(jobs, "register") as running, progress("registering", len(files)) as step:
        found = []
        for file in register_files(database, files):
            found.append(vars(file))
            step(len(found))
        running.file_count = len(found)
        not_taken = [file for file in found if file["outcome"] in (UNREADABLE, REFUSED)]
        running.exit_code = 1 if not_taken else 0
    counts: dict[str, int] = {}
    for file in found:
        counts[file["outcome"]] = counts.get(file["outcome"], 0) + 1
    return {"files": found, "counts": counts, "exit_code": running.exit_code}


def _stage(
    database: Any,
    jobs: Any,
    versions: list[Any],
    encoding: str | None,
    strangers: Iterable[str] = (),
) -> dict[str, Any]:
    from qios.gate import clean_text
    from qios.intake.accounting import RowCounts
    from qios.intake.jobs import job
    from qios.intake.stage import stage as stage_file

    problems = [{"path": path} | _not_registered(path).as_dict() for path in strangers]
    outcomes, total = [], RowCounts()
    with job(jobs, "stage") as running:
        for version in versions:
            try:
                with progress(
                    f"staging {clean_text(version.path.name)}", version.byte_size
                ) as step:
                    outcome = stage_file(database, version, encoding, step)
            except Findings as finding:
                problems.append({"path": version.name} | finding.as_dict())
                continue
            if outcome is None:
                continue
            outcomes.append(outcome)
            for table in filter(lambda table: table.drift, outcome.tables):
                say(
                    f"warning: the header of {table.path} is not that of the last export of "
                    f"{table.source_key}: {table.drift}"
                )
            total += outcome.rows
        unread = [o for o in outcomes if o.document and o.document.error_code]
        unclaimed = [o.path for o in outcomes if o.unclaimed]
        running.file_count = len(outcomes)
        running.rows = total
        running.exit_code = 1 if problems or total.rejected or unread or unclaimed else 0
    tables = [table for outcome in outcomes for table in outcome.tables]
    noted = [o for o in outcomes if not (o.tables or o.document or o.unclaimed)]
    return {
        "files": [_told(table) for table in tables],
        "documents": [vars(o.document) for o in outcomes if o.document],
        "noted": [{"path": o.path, "media_type": o.media_type} for o in noted],
        "unclaimed": unclaimed,
        "problems": problems,
        "rows": vars(total),
        "exit_code": running.exit_code,
    }


def _told(table: Any) -> dict[str, Any]:
    return vars(table) | {"rows": vars(table.rows), "drift": table.drift and vars(table.drift)}


def _not_registered(path: str) -> Findings:
    return Findings(
        f"{path} is not registered (not_registered)",
        "`qios register` it first; a copy of a registered file goes by the first one's name",
    )
