"""What the commands print: results on stdout, JSON for machines; the rest on stderr for people."""

import json
import sys
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
