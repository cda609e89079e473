"""`qios check`: the registry, the code and the live database held against the rules."""

from enum import StrEnum
from typing import Annotated

import typer

from qios.errors import UsageError
from qios.paths import project_root


class Format(StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"
    sarif = "sarif"


def check(
    offline: Annotated[
        bool, typer.Option("--offline", help="Only what needs no database: registry and code.")
    ] = False,
    live: Annotated[bool, typer.Option("--live", help="Only the live database.")] = False,
    shown: Annotated[
        Format, typer.Option("--format", help="Text for people, JSON or SARIF for machines.")
    ] = Format.text,
    code: Annotated[
        str | None, typer.Option("--rule", metavar="CODE", help="Ask one rule only.")
    ] = None,
) -> None:
    """Hold registry, code and live database against every rule; exit 1 when one is broken.

    Example: `qios check --offline --rule R0902`
    """
    from qios.check import report
    from qios.check.run import check as run
    from qios.registry.model import Registry
    from qios.server.connection import connect

    registry = Registry(project_root())
    if code and code not in {row["rule_code"] for row in registry.seeds["qieos.rules"]}:
        raise UsageError(f"there is no rule {code}", "docs/rules/README.md lists the rules")
    both = offline == live
    if live or both:
        with connect() as database:
            database.execute("set transaction isolation level repeatable read, read only")
            found = run(registry, database, with_offline=both, code=code)
    else:
        found = run(registry, None, code=code)
    write = {
        Format.text: report.as_text,
        Format.json: report.as_json,
        Format.sarif: report.as_sarif,
    }
    print(write[shown](found))
    if found.failed:
        raise typer.Exit(1)
