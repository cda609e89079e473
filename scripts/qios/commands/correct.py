"""`qios correct`, `qios corrections`: a person's value for one column of one row."""

import uuid
from typing import Annotated

import typer

from qios.errors import UsageError
from qios.output import Json, finish, table

TABLE = typer.Argument(metavar="TABLE", help="As schema.table.")
ID = typer.Argument(metavar="ID", help="The id of the row.")
Values = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="COLUMN=VALUE…", help="What a column is to hold; COLUMN= makes it empty."
    ),
]
Why = Annotated[str, typer.Option(help="The reason, kept with the correction.")]
Withdraw = Annotated[
    bool,
    typer.Option("--withdraw", help="Take corrections back: of these columns, else of the row."),
]


def correct(
    table_name: Annotated[str, TABLE],
    row_id: Annotated[str, ID],
    values: Values = None,
    why: Why = ...,
    take_back: Withdraw = False,
    as_json: Json = False,
) -> None:
    """Give a value that stands after every later import, until it is withdrawn.

    Example: `qios correct core.people "$id" nickname=Dan --why "so he is called"`
    """
    from qios.corrections import correct as corrections
    from qios.corrections.places import corrected_table
    from qios.paths import project_root
    from qios.registry.model import Registry
    from qios.server.connection import connect

    if not why.strip():
        raise UsageError("--why is empty", "say why: the reason is kept with the correction")
    row = parse_id(row_id)
    relation = corrected_table(Registry(project_root()), table_name)
    with connect(autocommit=True) as database:
        if take_back:
            names = [value.partition("=")[0] for value in values or ()]
            changed = corrections.withdraw(database, relation, row, names, why)
        else:
            changed = corrections.correct(database, relation, row, _given(values), why)
    summary = {"table": table_name, "row": row, "columns": [vars(one) for one in changed]}
    done = "withdrawn" if take_back else "corrected"
    lines = [f"{done}: {one.column} from {one.before} to {one.after}" for one in changed]
    if not changed:
        lines = ["withdrawn; the row itself is no longer there"]
    finish(summary | {"exit_code": 0}, as_json, lines)


def corrections(
    table_name: Annotated[str | None, TABLE] = None,
    row_id: Annotated[str | None, ID] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that were withdrawn.")] = False,
    as_json: Json = False,
) -> None:
    """Show the corrections that stand: of all tables, of one, or of one row.

    Example: `qios corrections core.people`
    """
    from qios.corrections.listing import corrections as find_corrections
    from qios.server.connection import connect

    with connect(autocommit=True) as database:
        found = find_corrections(database, table_name, row_id and parse_id(row_id), withdrawn=every)
    if found and not as_json:
        table(found)
    finish({"corrections": found, "exit_code": 0}, as_json, [f"corrections: {len(found)}"])


def parse_id(text: str) -> uuid.UUID:
    """A row's id as written. Raises UsageError for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not an id", "give the whole uuid of the row") from error


def _given(values: list[str] | None) -> dict[str, str | None]:
    if not values:
        raise UsageError("no column is named", "write what is to stand, as column=value")
    return parse_values(values)


def parse_values(values: list[str]) -> dict[str, str | None]:
    """`column=value` texts by column, an empty value as None. UsageError for anything else."""
    given: dict[str, str | None] = {}
    for text in values:
        column, mark, value = text.partition("=")
        if not mark or not column:
            raise UsageError(f"{text!r} gives no value", "write it as column=value")
        if column in given:
            raise UsageError(f"{column} is given twice", "give each column one value")
        given[column] = value or None
    return given
