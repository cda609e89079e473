"""One waiting item after the other, and a key for each decision.

A decision is a transaction of its own and holds as soon as its key was pressed, so that leaving at
any moment leaves nothing half done. On a terminal a single key counts, elsewhere a line.
"""

import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

from qios.errors import QiosError, UsageError, report
from qios.review.decide import APPROVED, REJECTED
from qios.review.describe import describe
from qios.review.duplicates import MATCH, NEW
from qios.review.edit import edit
from qios.review.items import Item, is_about_entities, item_ids, items_by_id
from qios.review.kinds import decide_items
from qios.review.lines import lines_of
from qios.review.queue import DUPLICATE
from qios.review.selection import OPEN, Selection
from qios.review.validate import validate

APPROVE, AS_MATCH, REJECT, EDIT, SKIP, QUIT = "a", "m", "r", "e", "s", "q"
ROW = {APPROVE: "approve", REJECT: "reject", EDIT: "edit", SKIP: "skip", QUIT: "quit"}
KEYS = {
    "problems": ROW,
    "policy": ROW,
    DUPLICATE: ROW | {APPROVE: "approve as new", AS_MATCH: "match the candidate"},
    "conflict": {APPROVE: "take the source's", REJECT: "keep ours", SKIP: "skip", QUIT: "quit"},
    "capture": {APPROVE: "hand over", REJECT: "discard", SKIP: "skip", QUIT: "quit"},
}
"""Why an item waits -> the keys that count, and what they stand for."""

ABOUT_ENTITIES = {APPROVE: "they are two", AS_MATCH: "they are one", SKIP: "skip", QUIT: "quit"}
"""The keys where a duplicate is about two entities, and no row waits."""


@dataclass
class Done:
    """Numbers of items. left: not shown, or shown and not decided about."""

    approved: int = 0
    rejected: int = 0
    edited: int = 0
    skipped: int = 0
    left: int = 0


def one_by_one(
    database: psycopg.Connection, jobs: psycopg.Connection, selection: Selection, why: str | None
) -> Done:
    """Ask about the open items of a selection, and those that the answers raise, until they end or
    the person does."""
    done = Done()
    seen: set[uuid.UUID] = set()
    try:
        while coming := [item for item in item_ids(database, selection) if item not in seen]:
            seen.update(coming)
            done.left = len(coming)
            for number, item_id in enumerate(coming, len(seen) - len(coming) + 1):
                place = f"{number} of {len(seen)}"
                while _ask(database, jobs, item_id, place, why, done):
                    pass
                done.left -= 1
    except (EOFError, KeyboardInterrupt):
        print()
    return done


def _ask(
    database: psycopg.Connection,
    jobs: psycopg.Connection,
    item_id: uuid.UUID,
    place: str,
    why: str | None,
    done: Done,
) -> bool:
    """Show an item and do what the key says; whether it has to be shown again."""
    (item,) = items_by_id(database, [item_id])
    if item["item_status"] not in OPEN:
        return False  # somebody else was quicker
    print("\n".join(["", place, *lines_of(describe(database, item))]))
    key = _key(_keys_of(item))
    try:
        if key == EDIT:
            _edit(database, jobs, item, why)
            done.edited += 1
            return True
        _decide(database, item, key, why, done)
    except QiosError as error:
        report(error, as_json=False)
        return True
    return False


def _decide(
    database: psycopg.Connection, item: Item, key: str, why: str | None, done: Done
) -> None:
    """Do what a key other than for an edit stands for."""
    this = Selection(items=(str(item["item_id"]),))
    if key == SKIP:
        done.skipped += 1
    elif key == REJECT:
        reason = why or _line("why? ")
        if not reason:
            raise UsageError("a rejection needs a reason", "say why, or skip the item")
        done.rejected += decide_items(database, this, REJECTED, reason).changed
    else:
        duplicates_are = MATCH if key == AS_MATCH else NEW
        done.approved += decide_items(database, this, APPROVED, why, duplicates_are).changed


def _edit(
    database: psycopg.Connection, jobs: psycopg.Connection, item: Item, why: str | None
) -> None:
    column, equals, value = _line("column=value: ").partition("=")
    if not equals:
        raise UsageError("no value is given", "write column=value")
    edit(database, item, {column.strip(): value}, why or _line("why? ") or None)
    validate(database, jobs)


def _keys_of(item: Item) -> Mapping[str, str]:
    return ABOUT_ENTITIES if is_about_entities(item) else KEYS[item["waiting_reason"]]


def _key(keys: Mapping[str, str]) -> str:
    """One of the keys. EOFError where the person or the input ends."""
    question = "  ".join(f"[{key}] {meaning}" for key, meaning in keys.items())
    while True:
        key = _pressed(question + ": ")
        if key == QUIT:
            raise EOFError
        if key in keys:
            return key


def _pressed(question: str) -> str:
    """A key on a terminal, elsewhere the first letter of a line."""
    if not sys.stdin.isatty():
        return _line(question)[:1].lower()
    import typer

    print(question, end="", flush=True)
    key = typer.getchar()
    print(key if key.isprintable() else "")
    return key.lower()


def _line(question: str) -> str:
    print(question, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    if not sys.stdin.isatty():
        print()  # nobody's Enter ended the line of the question
    return line.strip()
