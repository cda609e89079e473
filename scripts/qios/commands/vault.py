"""`qios vault`: passwords out of exports, into an encrypted file; and what is known of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from qios.output import Json, finish, table

app = typer.Typer(
    no_args_is_help=True, help="Move passwords into a KeePass file; the database never holds one."
)
LOCK = "vault.lock"


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="A password export that `qios ingest` has read.")],
    to: Annotated[Path, typer.Option(help="The KeePass file (.kdbx), made or extended.")],
    passphrase_fd: Annotated[
        int | None,
        typer.Option(help="Read the passphrase from this file descriptor, not from the terminal."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Move the values of a password export into an encrypted KeePass file.

    Example: `qios vault export passwords.csv --to passwords.kdbx`
    """
    from qios.intake.jobs import job
    from qios.locks import exclusive
    from qios.paths import state_dir
    from qios.server.connection import work_and_jobs
    from qios.vault.export import export as move
    from qios.vault.held import held_file
    from qios.vault.passphrase import read_passphrase

    target = to.expanduser().resolve()
    passphrase = read_passphrase(passphrase_fd, twice=not target.exists())
    with (
        exclusive(state_dir() / LOCK, "another export of passwords"),
        work_and_jobs() as (database, jobs),
        job(jobs, "vault_export") as running,
    ):
        held = held_file(database, file.resolve())
        done = move(database, held, target, passphrase)
        running.file_count = 1
        running.exit_code = 1 if done.left or done.unreadable else 0
    summary = {"file": held.version.name, "to": str(target)} | done.as_dict()
    summary["exit_code"] = running.exit_code
    finish(summary, as_json, _export_text(summary))


def _export_text(summary: dict[str, Any]) -> list[str]:
    lines = [
        f"moved       {summary['new']} new, {summary['changed']} changed, "
        f"{summary['same']} as they were, in {summary['to']}"
    ]
    if summary["left"]:
        rows = ", ".join(map(str, summary["left"]))
        lines.append(f"  rows with letters that KeePass cannot hold, in the file only: {rows}")
        lines.append("    cure: enter these by hand")
    if summary["unreadable"]:
        lines.append(f"  rows that cannot be read, in the file only: {summary['unreadable']}")
        lines.append("    cure: export the passwords again, and ingest that file")
    lines.append(f"  {summary['file']} still holds the passwords in plain text")
    lines.append(f"    cure: open {summary['to']} once, then delete the file")
    return lines


@app.command()
def status(as_json: Json = False) -> None:
    """Show what is in quarantine, what has been moved, and which files still lie in plain text."""
    from qios.server.connection import connect
    from qios.vault.reuse import vault_status

    with connect(autocommit=True) as database:
        summary = vault_status(database)
    if not as_json:
        for rows in (summary["sources"], summary["stores"]):
            if rows:
                table(rows)
    files = summary["plain_text_files"]
    lines = [f"files with passwords in plain text: {len(files)}", *(f"  {path}" for path in files)]
    if files:
        lines.append("    cure: `qios vault export` each of them, then delete it")
    finish(summary | {"exit_code": 0}, as_json, lines)


@app.command()
def reused(as_json: Json = False) -> None:
    """Show which sites and accounts share a password, without the password."""
    from qios.server.connection import connect
    from qios.vault.reuse import reused as find_reused

    with connect(autocommit=True) as database:
        found = find_reused(database)
    if found and not as_json:
        table(found)
    lines = [f"passwords used more than once: {len(found)}"]
    finish({"reused": found, "exit_code": 0}, as_json, lines)
