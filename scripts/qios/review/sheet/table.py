"""The columns of the spreadsheet."""

from collections.abc import Iterator, Sequence

from qios.review.lines import proposed
from qios.review.sheet.cells import shown
from qios.review.sheet.entries import Entry

ITEM, FINGERPRINT, DECISION, REASON = "item", "fingerprint", "decision", "reason"
CELL = "cell: "
"""Stands before the name of a column of the staged row in a heading."""

TOLD = ("waits", "problems", "proposed", "alike", "source", "file", "row", "what")
HEAD = (ITEM, *TOLD, DECISION, REASON)


def cell_columns(entries: Sequence[Entry]) -> list[str]:
    """The columns of the rows that say anything, or that some row misses."""
    said = {name: True for entry in entries for name, text in entry.cells.items() if text}
    missed = {code.partition(":")[2] for entry in entries for code in entry.item["problem_codes"]}
    known = dict.fromkeys(name for entry in entries for name in entry.cells)
    return [name for name in known if name in said or name in missed]


def heading(columns: Sequence[str]) -> list[str]:
    return [*HEAD, *(CELL + name for name in columns), FINGERPRINT]


def lines(
    entries: Sequence[Entry], columns: Sequence[str]
) -> Iterator[tuple[list[str], list[str]]]:
    """(texts that tell of the item and of the decision, cells of its row) for each entry."""
    for entry in entries:
        item = entry.item
        told = (
            *(item["waiting_reason"], ", ".join(item["problem_codes"]), proposed(item)),
            *(_alike(item["explanation"]), item["source_key"], item["path"]),
            *(str(item["row_number"] or ""), item["display_name"] or ""),
        )
        yield (
            [str(item["item_id"]), *(shown(text or "") for text in told), "", ""],
            [shown(entry.cells.get(name, "")) for name in columns],
        )


def _alike(explanation: object) -> str:
    """Both sides of a possible duplicate, field by field."""
    if not isinstance(explanation, list):
        return ""
    sides = (
        f"{entry['field']}: {entry['left']} / {entry['right']}"
        for entry in explanation
        if entry.get("left") or entry.get("right")
    )
    return "; ".join(sides)
