"""The command `qios`: a place where each command module registers itself, and where errors end.

A command module imports dbt, Great Expectations and the like inside its functions, so that
`qios db status` does not pay for them.
"""

import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperGroup

from qios import __version__
from qios.commands import (
    audit,
    capture,
    change,
    check,
    contracts,
    correct,
    db,
    fields,
    forget,
    intake,
    lineage,
    place,
    promote,
    review,
    schema,
    sources,
    status,
    validate,
    vault,
)
from qios.errors import EnvironmentFault, QiosError, report

SHOW_MESSAGES = "QIOS_SHOW_MESSAGES"


class _Commands(TyperGroup):
    """A command line that was called wrongly is quoted without the secrets in it."""

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        with _mistakes_cleaned():
            return super().make_context(*arguments, **options)

    def invoke(self, context: Any) -> Any:
        with _mistakes_cleaned():
            return super().invoke(context)


@contextmanager
def _mistakes_cleaned() -> Iterator[None]:
    try:
        yield
    except ClickException as mistake:
        mistake.message = _cleaned(mistake.message)
        raise


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The governed database of QiOS. Exit codes: 0 ok, 1 findings or refused rows, 2 usage, "
    "3 environment.",
)
PANELS: dict[str, tuple[list[Callable[..., None]], dict[str, typer.Typer]]] = {
    "From a file to the tables": (
        [
            *(intake.ingest, intake.register, intake.stage, validate.validate),
            *(promote.promote, audit.undo, place.place),
        ],
        {"review": review.app, "sources": sources.app},
    ),
    "What a person says": (
        [
            *(capture.capture, capture.captures, capture.handoff),
            *(correct.correct, correct.corrections, audit.history, forget.forget),
        ],
        {},
    ),
    "What things are": (
        [check.check, contracts.contracts, lineage.lineage, change.diff],
        {"fields": fields.app, "schema": schema.app},
    ),
    "The database": ([status.status], {"db": db.app, "vault": vault.app}),
}
"""Panel of `qios --help` → its commands, and its groups of commands by name."""

for panel, (commands, groups) in PANELS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
    for name, group in groups.items():
        app.add_typer(group, name=name, rich_help_panel=panel)
app.command(
    rich_help_panel="The database",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(promote.build)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"qios {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """The help text stands at `app`; this only gives `qios` its own options."""


def main() -> None:
    """Run the command; an error that a person can cure becomes one message and an exit code."""
    _leave_no_core()
    try:
        app(prog_name="qios")
    except Exception as error:
        known = error if isinstance(error, QiosError) else _environment_fault(error)
        if known is None:
            _report_defect(error)
            sys.exit(1)
        known.message, known.cure = _cleaned(known.message), _cleaned(known.cure)
        report(known, as_json="--json" in sys.argv)
        sys.exit(known.exit_code)


def _leave_no_core() -> None:
    """A core file of this process, or of one that it starts, would hold the files it has read."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _cleaned(message: str) -> str:
    """A path may hold a secret; without a checkout there are no rules to know it by."""
    from qios.gate import clean_text

    try:
        return clean_text(message)
    except QiosError:
        return message


def _report_defect(error: BaseException) -> None:
    """Where it happened, without what it says: a foreign message may quote a cell of a file."""
    chain: BaseException | None = error
    while chain is not None:
        print("Traceback (most recent call last):", file=sys.stderr)
        traceback.print_tb(chain.__traceback__)
        said = str(chain) if os.environ.get(SHOW_MESSAGES) else "its message is not shown"
        print(f"{type(chain).__qualname__}: {said}", file=sys.stderr)
        chain = chain.__cause__ or chain.__context__
    print(
        f"qios: this is a defect; report it with these lines. {SHOW_MESSAGES}=1 shows the "
        "messages, which may quote your files",
        file=sys.stderr,
    )


def _environment_fault(error: Exception) -> EnvironmentFault | None:
    """What the database cannot do: it went away, its disk is full, or its tables are missing."""
    psycopg = sys.modules.get("psycopg")
    if not psycopg or not isinstance(error, psycopg.Error):
        return None
    said = str(error).strip().partition("\n")[0]
    if isinstance(error, psycopg.OperationalError):
        return EnvironmentFault(
            f"the database gave up: {said}", "see `qios db status`, then repeat the command"
        )
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return EnvironmentFault(f"the database is not built for this: {said}", "run `qios build`")
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return EnvironmentFault(
            f"the database refuses: {said}",
            "connect as the account that owns its tables (QIOS_PGUSER), or let that one grant it",
        )
    return None
