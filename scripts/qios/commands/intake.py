"""`qios register`, `qios stage`, `qios ingest`: from files to staged rows, and the whole way."""

from pathlib import Path
from typing import Annotated, Any

import typer

from qios.output import Json, finish, progress

Paths = Annotated[list[Path], typer.Argument(help="Files and folders; folders recursively.")]
SomePaths = Annotated[
    list[Path] | None, typer.Argument(help="Only these; everything that waits when left out.")
]
Encoding = Annotated[
    str | None,
    typer.Option(help="How to read bytes that are not valid UTF-8, such as cp1252."),
]


def register(paths: Paths, as_json: Json = False) -> None:
    """Note files by path and SHA-256. The same bytes again are nothing new."""
    with _connections() as (database, jobs):
        summary = _register(database, jobs, paths)
    finish(summary, as_json, _register_text(summary))


def stage(paths: SomePaths = None, encoding: Encoding = None, as_json: Json = False) -> None:
    """Read registered files into staging, each row accounted for."""
    from qios.intake.register import files_below

    only = files_below(paths) if paths else None
    with _connections() as (database, jobs):
        summary = _stage(database, jobs, only, encoding)
    finish(summary, as_json, _stage_text(summary))


def ingest(paths: Paths, encoding: Encoding = None, as_json: Json = False) -> None:
    """Register, stage, review by the source's policy, and promote."""
    from qios.commands.promote import promote_approved, promote_text
    from qios.intake.register import files_below

    with _connections() as (database, jobs):
        registered = _register(database, jobs, paths)
        staged = _stage(database, jobs, files_below(paths), encoding)
        promoted = promote_approved(database, jobs)
    summary = {"register": registered, "stage": staged, "promote": promoted}
    summary["exit_code"] = max(part["exit_code"] for part in summary.values())
    text = _register_text(registered) + _stage_text(staged) + promote_text(promoted)
    finish(summary, as_json, text)


def _connections():
    from qios.server.connection import work_and_jobs

    return work_and_jobs()


def _register(database: Any, jobs: Any, paths: list[Path]) -> dict[str, Any]:
    from qios.intake.jobs import job
    from qios.intake.register import UNREADABLE, files_below
    from qios.intake.register import register as register_files

    files = files_below(paths)
    with job(jobs, "register") as running, progress("registering", len(files)) as step:
        found = []
        for file in register_files(database, files):
            found.append(vars(file))
            step(len(found))
        running.file_count = len(found)
        unreadable = [file for file in found if file["outcome"] == UNREADABLE]
        running.exit_code = 1 if unreadable else 0
    counts: dict[str, int] = {}
    for file in found:
        counts[file["outcome"]] = counts.get(file["outcome"], 0) + 1
    return {"files": found, "counts": counts, "exit_code": running.exit_code}


def _register_text(summary: dict[str, Any]) -> list[str]:
    counts = ", ".join(f"{number} {outcome}" for outcome, number in summary["counts"].items())
    lines = [f"registered  {counts or 'no files'}"]
    for file in summary["files"]:
        if file["outcome"] == "copy":
            lines.append(f"  {file['path']}: nothing new, the same bytes as {file['first_path']}")
        if file["outcome"] == "unreadable":
            lines.append(f"  {file['path']}: {file['detail']}; make it readable and register again")
    return lines


def _stage(
    database: Any, jobs: Any, only: list[Path] | None, encoding: str | None
) -> dict[str, Any]:
    from qios.errors import Findings
    from qios.intake.accounting import RowCounts
    from qios.intake.jobs import job
    from qios.intake.stage import stage as stage_file
    from qios.intake.waiting import unstaged

    files, problems, total = [], [], RowCounts()
    with job(jobs, "stage") as running:
        for version in unstaged(database, only):
            try:
                with progress(f"staging {version.path.name}", version.byte_size) as step:
                    staged = stage_file(database, version, encoding, step)
            except Findings as finding:
                problems.append({"path": str(version.path)} | finding.as_dict())
                continue
            total += staged.rows
            files.append(vars(staged) | {"rows": vars(staged.rows)})
        running.file_count = len(files)
        running.rows = total
        running.exit_code = 1 if problems or total.rejected else 0
    return {
        "files": files,
        "problems": problems,
        "rows": vars(total),
        "exit_code": running.exit_code,
    }


def _stage_text(summary: dict[str, Any]) -> list[str]:
    rows = summary["rows"]
    lines = [
        f"staged      {rows['read']} rows read = {rows['staged']} staged + "
        f"{rows['rejected']} rejected + {rows['repeated']} repeated"
    ]
    for file in summary["files"]:
        if file["redacted_headings"]:
            lines.append(
                f"  {file['path']}: values replaced under {', '.join(file['redacted_headings'])}"
            )
        for row in file["refused"]:
            lines.append(
                f"  {file['path']} row {row['row_number']}: {row['reason_code']} "
                f"({row['reason_detail']}); the row is kept in staging.import_rows"
            )
    for problem in summary["problems"]:
        lines.append(f"  {problem['message']}")
        lines.append(f"    cure: {problem['cure']}")
    return lines
