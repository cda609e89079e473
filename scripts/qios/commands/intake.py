"""`qios register`, `qios stage`, `qios ingest`: from files to staged rows, and the whole way."""

import shlex
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from qios.errors import Findings
from qios.output import Json, finish, progress, say

Paths = Annotated[list[Path], typer.Argument(help="Files and folders; folders recursively.")]
SomePaths = Annotated[
    list[Path] | None, typer.Argument(help="Only these; everything that waits when left out.")
]
Encoding = Annotated[
    str | None,
    typer.Option(help="How to read a file that is not valid UTF-8, such as cp1252."),
]
Retry = Annotated[
    bool, typer.Option("--retry", help="Read the rows once more that were refused before.")
]

NAMED = 20
"""So many refused files are named in a text for people."""


def register(paths: Paths, as_json: Json = False) -> None:
    """Note files by path and SHA-256. The same bytes again are nothing new."""
    with _connections() as (database, jobs):
        summary = _register(database, jobs, paths)
    finish(summary, as_json, _register_text(summary))


def stage(
    paths: SomePaths = None, encoding: Encoding = None, retry: Retry = False, as_json: Json = False
) -> None:
    """Read registered files into staging, each row accounted for."""
    from qios.intake import waiting
    from qios.intake.decode import require_encoding
    from qios.intake.listing import files_below

    require_encoding(encoding)
    only = files_below(paths) if paths else None
    with _connections() as (database, jobs):
        strangers = waiting.unregistered(database, only or [])
        versions = (waiting.refused_before if retry else waiting.unstaged)(database, only)
        summary = _stage(database, jobs, versions, encoding, strangers)
    finish(summary, as_json, _stage_text(summary))


def ingest(paths: Paths, encoding: Encoding = None, as_json: Json = False) -> None:
    """Register, stage, review by the source's policy, and promote."""
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
    text = _register_text(registered) + _stage_text(staged) + promote_text(promoted)
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


def _register_text(summary: dict[str, Any]) -> list[str]:
    counts = ", ".join(f"{number} {outcome}" for outcome, number in summary["counts"].items())
    lines = [f"registered  {counts or 'no files'}"]
    for file in summary["files"]:
        if file["outcome"] == "copy":
            lines.append(f"  {file['path']}: nothing new, the same bytes as {file['first_path']}")
        if file["outcome"] == "unreadable":
            lines.append(f"  {file['path']}: {file['detail']} (unreadable_file)")
            lines.append("    cure: make it readable, then repeat the command")
    return lines + _left_out_text(summary["files"])


def _left_out_text(files: list[dict[str, Any]]) -> list[str]:
    """What of archives was refused, with the cure of each reason, and what was left out."""
    from qios.intake.reasons import ARCHIVE_CURES
    from qios.intake.versions import REFUSED, SKIPPED

    refused = [file for file in files if file["outcome"] == REFUSED]
    lines = [f"  {f['path']}: {f['detail']} ({f['reason_code']})" for f in refused[:NAMED]]
    if len(refused) > NAMED:
        lines.append(f"  and {len(refused) - NAMED} more, all named with --json")
    for code in dict.fromkeys(file["reason_code"] for file in refused):
        lines.append(f"    cure of {code}: {ARCHIVE_CURES[code]}")
    skipped = Counter(file["reason_code"] for file in files if file["outcome"] == SKIPPED)
    return lines + [f"  left out: {number} members ({code})" for code, number in skipped.items()]


def _stage(
    database: Any,
    jobs: Any,
    versions: list[Any],
    encoding: str | None,
    strangers: Iterable[Path] = (),
) -> dict[str, Any]:
    from qios.gate import clean_text
    from qios.intake.accounting import RowCounts
    from qios.intake.jobs import job
    from qios.intake.stage import stage as stage_file

    problems = [{"path": str(path)} | _not_registered(path).as_dict() for path in strangers]
    files, total = [], RowCounts()
    with job(jobs, "stage") as running:
        for version in versions:
            try:
                with progress(
                    f"staging {clean_text(version.path.name)}", version.byte_size
                ) as step:
                    staged = stage_file(database, version, encoding, step)
            except Findings as finding:
                problems.append({"path": version.name} | finding.as_dict())
                continue
            if staged is None:
                continue
            total += staged.rows
            drift = {"drift": staged.drift and vars(staged.drift)}
            files.append(vars(staged) | {"rows": vars(staged.rows)} | drift)
            if staged.drift:
                say(
                    f"warning: the header of {staged.path} is not that of the last export of "
                    f"{staged.source_key}: {staged.drift}"
                )
        running.file_count = len(files)
        running.rows = total
        running.exit_code = 1 if problems or total.rejected else 0
    return {
        "files": files,
        "problems": problems,
        "rows": vars(total),
        "exit_code": running.exit_code,
    }


def _not_registered(path: Path) -> Findings:
    return Findings(
        f"{path} is not registered (not_registered)",
        "`qios register` it first; a copy of a registered file goes by the first one's name",
    )


def _stage_text(summary: dict[str, Any]) -> list[str]:
    rows = summary["rows"]
    lines = [
        f"staged      {rows['read']} rows read = {rows['staged']} staged + "
        f"{rows['rejected']} rejected + {rows['repeated']} repeated"
    ]
    for file in summary["files"]:
        if file["quarantined"]:
            lines += _quarantine_text(file)
        elif file["redacted_headings"]:
            lines.append(
                f"  {file['path']}: values replaced under {', '.join(file['redacted_headings'])}"
            )
        for row in file["refused"]:
            lines.append(
                f"  {file['path']} row {row['row_number']}: {row['reason_code']} "
                f"({row['reason_detail']})"
            )
        if file["refused"]:
            lines += _refused_text(file)
    if views := [file for file in summary["files"] if file["view_of"]]:
        lines.append(
            f"  {len(views)} files are views of others in their export, which hold their rows with "
            "more columns"
        )
    for problem in summary["problems"]:
        lines.append(f"  {problem['message']}")
        lines.append(f"    cure: {problem['cure']}")
    return lines


def _quarantine_text(file: dict[str, Any]) -> list[str]:
    """That a file is a password export, and that it still lies there."""
    path = shlex.quote(file["path"])
    return [
        f"  {file['path']}: a password export, its rows are held in quarantine and never promoted",
        "    the file itself still holds the passwords in plain text",
        f"    cure: `qios vault export {path} --to passwords.kdbx`, then delete it",
    ]


def _refused_text(file: dict[str, Any]) -> list[str]:
    """Where the refused rows of a file are, and the cure of each reason."""
    rejected, shown = file["rows"]["rejected"], len(file["refused"])
    more = f" (the first {shown} are named here)" if rejected > shown else ""
    lines = [f"    refused rows, all kept in staging.import_rows: {rejected}{more}"]
    cures = {row["reason_code"]: row["cure"] for row in file["refused"]}
    return lines + [f"    cure of {code}: {cure}" for code, cure in cures.items()]
