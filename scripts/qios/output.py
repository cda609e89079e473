"""What the commands print: results on stdout, JSON for machines; the rest on stderr for people."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def say(line: str) -> None:
    """A line of progress for a person."""
    print(f"qios: {line}", file=sys.stderr)


def show(result: dict[str, Any], as_json: bool) -> None:
    """A result with named values, one a line; None is an empty value."""
    if as_json:
        print(json.dumps(result, indent=2, default=str))
        return
    width = max(map(len, result))
    for name, value in result.items():
        print(f"{name:<{width}}  {'' if value is None else value}")


def finish(summary: dict[str, Any], as_json: bool, text: list[str]) -> None:
    """End a command: JSON on stdout for machines, lines for people, and its exit code."""
    if as_json:
        print(json.dumps(summary, indent=2, default=str))
    else:
        print("\n".join(text))
    if summary["exit_code"]:
        raise typer.Exit(summary["exit_code"])


def table(rows: list[dict[str, Any]], skip: tuple[str, ...] = ()) -> None:
    """Rows with equal keys as a table on stdout, as wide as the terminal, wrapped and never cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    names = [name for name in rows[0] if name not in skip]
    shown = Table(*names, box=box.SIMPLE_HEAD)
    for row in rows:
        shown.add_row(*(_cell(row[name]) for name in names))
    console = Console(markup=False)
    if not console.is_terminal:
        console = Console(markup=False, width=200)
    console.print(shown)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr where that is a terminal; yields the function that moves it to a number."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=total)
        yield lambda done: bars.update(task, completed=done)
