"""Things that one transaction does at a time; the others wait for their turn."""

import psycopg

REGISTER = "register files"
DECIDE = "change review statuses"
MERGE = "merge and split entities"


def stage_into(landing: str) -> str:
    """What staging into a landing table is called here."""
    return f"stage into {landing}"


def take_turn(database: psycopg.Connection, what: str) -> None:
    """Wait until no other transaction does this; the turn ends with the open transaction."""
    database.execute("select pg_advisory_xact_lock(hashtext(%s))", [what])
