"""An item of the queue as lines for a person, both sides of a duplicate next to each other."""

from typing import Any

from qios.review.describe import Description
from qios.review.items import Item
from qios.review.selection import LINKED, SHORT_ID

NOTHING = "-"


def lines_of(told: Description) -> list[str]:
    item = told["item"]
    lines = [*_head(item)]
    if told["alike"]:
        both = f"{_text(item['display_name'])} / {_text(item['candidate'])}"
        lines += ["", f"  {both}", *("    " + _text(line) for line in told["alike"])]
    if told["captured"]:
        lines += ["", *("  " + _text(line) for line in told["captured"].splitlines())]
    if told["conflicts"]:
        sides = ("base", "ours", "theirs")
        rows = [(c["column"], *(_text(c[side]) for side in sides)) for c in told["conflicts"]]
        lines += ["", *_columns(("conflict", "before", "held", "source says"), rows)]
    if told["changes"]:
        rows = [(c["column"], _text(c["old"]), _text(c["new"])) for c in told["changes"]]
        lines += ["", *_columns(("would change", "old", "new"), rows)]
    if told["cells"]:
        rows = [(cell["column"], _said(cell), _read(cell)) for cell in told["cells"]]
        lines += ["", *_columns(("cell", "says", "read as"), rows)]
    for edit in told["edits"]:
        what = ", ".join(edit["after"])
        why = f": {edit['why']}" if edit["why"] else ""
        lines.append(f"edited by {edit['by']}, {edit['at']:%Y-%m-%d %H:%M}: {what}{why}")
    return lines


def proposed(item: Item) -> str:
    """The proposal in a few words: `new core.people`, `match core.people Ada Byron (0.94)`."""
    words = [item["proposed_action"], item["target"]]
    if item["candidate_entity_id"]:
        words.append(item["candidate"] or str(item["candidate_entity_id"])[:SHORT_ID])
    if item["score"] is not None:
        words.append(f"({item['score']:.2f})")
    return " ".join(words)


def _head(item: Item) -> list[str]:
    lines = [f"{str(item['item_id'])[:SHORT_ID]}  {_text(item['display_name'])}"]
    if item["staging_table"]:
        batch = str(item["import_batch_id"])[:SHORT_ID]
        lines.append(f"  row {item['row_number']} of batch {batch}, {item['path']}")
    if item["waiting_reason"] == LINKED:
        lines.append("  linked by the policy of a source")
    else:
        why = ", ".join([item["waiting_reason"], *item["problem_codes"]])
        lines.append(f"  waits: {why}")
    lines.append(f"  proposed: {proposed(item)}")
    if item["assigned_to"]:
        lines.append(f"  for: {item['assigned_to']}")
    if item["decision"]:
        lines.append(f"  {item['item_status']}: {item['decision']}")
    return lines


def _said(cell: dict[str, Any]) -> str:
    if cell["said"] == cell["raw"]:
        return _text(cell["said"])
    return f"{_text(cell['said'])} (in the file: {_text(cell['raw'])})"


def _read(cell: dict[str, Any]) -> str:
    if cell["problem"]:
        return f"cannot be read: {cell['problem']}"
    return "" if _text(cell["value"]) == cell["said"] else _text(cell["value"])


def _text(value: Any) -> str:
    """One line of a value; what steers a terminal is made visible."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "".join(c if c.isprintable() else "\u00b7" for c in str(value))


def _columns(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Texts in columns as wide as they need to be."""
    widths = [max(len(line[at]) for line in [head, *rows]) for at in range(len(head))]
    return [
        "  "
        + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in [head, *rows]
    ]
