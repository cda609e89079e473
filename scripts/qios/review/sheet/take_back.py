"""A spreadsheet with decisions comes back: every line is checked, and all are applied or none."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from qios.audit.act import acting
from qios.dbt import one_build
from qios.errors import UsageError
from qios.gate import clean_text
from qios.identity.apart import held_together
from qios.identity.pairs import pair
from qios.person import person
from qios.review.decide import APPROVED, REJECTED, apply
from qios.review.duplicates import HELD, NEW, TAKE_BACK, Answer, decide_questions
from qios.review.edit import allowed_values, write_edits
from qios.review.items import is_about_entities, items_by_id, source_of
from qios.review.links import has_links
from qios.review.normalize import normalize
from qios.review.selection import LINKED, OPEN, SHORT_ID
from qios.review.sheet.cells import comes_back, is_cut
from qios.review.sheet.entries import REJECT, Entry, entries_of
from qios.review.sheet.read import Line, read
from qios.review.transitions import deciding

ACTION = "review_import"


@dataclass
class Taken:
    """Numbers of lines. unchanged: said what is so already. left: hold no decision.
    wrong: {line, item, message, cure}; where there is one, nothing was changed."""

    decided: int = 0
    edited: int = 0
    unchanged: int = 0
    left: int = 0
    wrong: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """What a line asks for. edits: column -> new text."""

    line: Line
    entry: Entry
    edits: dict[str, str]


def take_back(database: psycopg.Connection, path: Path) -> Taken:
    """Apply the decisions and the changed cells of a file, in one transaction.

    Whoever calls it has the edited batches validated afterwards; a run that is killed before that
    leaves it to the next one.
    """
    lines = list(read(path))
    taken = Taken()
    splits = has_links(database, _ids(line for line in lines if line.decision == NEW))
    with one_build() if splits else nullcontext(), deciding(database), acting(database, ACTION):
        wanted = _check(database, lines, taken)
        if not taken.wrong:
            _edit(database, wanted)
            _decide(database, wanted)
            taken.edited = sum(bool(one.edits) for one in wanted)
            taken.decided = sum(bool(one.line.decision) for one in wanted)
    return taken


def _check(database: psycopg.Connection, lines: Sequence[Line], taken: Taken) -> list[Wanted]:
    """What is to be done; what is wrong, what is so already and what is left is noted."""
    known = _known(database, lines)
    wanted: list[Wanted] = []
    seen: dict[str, int] = {}
    for line in lines:
        entry = known.get(line.item)
        twin = seen.setdefault(line.item, line.number)
        if entry is None:
            _wrong(taken, line, "names no item of the queue", "leave the column `item` as it was")
        elif twin != line.number:
            _wrong(taken, line, f"names the item of line {twin}", "keep one of the two lines")
        else:
            _check_one(line, entry, wanted, taken)
    _check_links(database, wanted, taken)
    return wanted


def _check_one(line: Line, entry: Entry, wanted: list[Wanted], taken: Taken) -> None:
    edits = {
        name: text
        for name, text in line.cells.items()
        if name in entry.cells and not comes_back(text, entry.cells[name])
    }
    is_open = entry.item["item_status"] in OPEN
    if not line.decision and not (edits and is_open):
        taken.left += 1
    elif not is_open and line.decision == entry.item["decision"]:
        taken.unchanged += 1
    elif not is_open:
        now = entry.item["decision"] or entry.item["item_status"]
        _wrong(taken, line, f"is not open any more: {now}", "take its decision out of the file")
    elif line.fingerprint != entry.fingerprint:
        _wrong(taken, line, "the item has changed since the export", "export it again, then decide")
    elif line.decision and line.decision not in entry.decisions:
        words = ", ".join(entry.decisions)
        _wrong(taken, line, f"{line.decision!r} is no decision here", f"choose one of {words}")
    elif line.decision == REJECT and not line.reason:
        _wrong(taken, line, "is rejected without a reason", "say why, in the column `reason`")
    elif cut := [name for name in edits if is_cut(entry.cells[name])]:
        _wrong(
            taken, line, f"{cut[0]} was too long to be shown whole", "edit it by `qios review edit`"
        )
    else:
        try:
            edits = edits and allowed_values(source_of(entry.item), edits)
        except UsageError as error:
            _wrong(taken, line, error.message, error.cure)
        else:
            wanted.append(Wanted(line, entry, edits))


def _check_links(database: psycopg.Connection, wanted: Sequence[Wanted], taken: Taken) -> None:
    """Note links that are taken back, though others hold the two together."""
    denied = {
        pair(*(one.entry.item[end] for end in ("target_id", "candidate_entity_id"))): one.line
        for one in wanted
        if one.line.decision == NEW and one.entry.item["waiting_reason"] == LINKED
    }
    for two in held_together(database, denied):
        _wrong(taken, denied[two], HELD.format("its two"), TAKE_BACK)


def _known(database: psycopg.Connection, lines: Sequence[Line]) -> dict[str, Entry]:
    entries = entries_of(database, items_by_id(database, _ids(lines)))
    return {str(entry.item["item_id"]): entry for entry in entries}


def _ids(lines: Iterable[Line]) -> list[uuid.UUID]:
    """The items that the lines name, as far as they name any."""
    ids = []
    for line in lines:
        try:
            ids.append(uuid.UUID(line.item))
        except ValueError:
            continue
    return ids


def _wrong(taken: Taken, line: Line, message: str, cure: str) -> None:
    taken.wrong.append(
        {"line": line.number, "item": line.item[:SHORT_ID], "message": message, "cure": cure}
    )


def _edit(database: psycopg.Connection, wanted: Sequence[Wanted]) -> None:
    edited = [one for one in wanted if one.edits]
    for one in edited:
        write_edits(database, one.entry.item, one.edits, clean_text(one.line.reason) or None)
    # What is approved is not validated again: its values are read now.
    sources = {source_of(one.entry.item) for one in edited if one.line.decision}
    for source in sources:
        normalize(database, source)


def _decide(database: psycopg.Connection, wanted: Sequence[Wanted]) -> None:
    by = person()
    for (source, word, reason), found in _groups(wanted):
        status = REJECTED if word == REJECT else APPROVED
        decision = {"status": status, "by": by, "reason": clean_text(reason) or None}
        apply(database, source, found, decision, word)
    answers = {
        one.entry.item["item_id"]: Answer(one.line.decision, clean_text(one.line.reason) or None)
        for one in wanted
        if is_about_entities(one.entry.item)
    }
    if answers:
        decide_questions(database, answers, by)


def _groups(wanted: Sequence[Wanted]) -> Iterator[tuple[tuple, dict[uuid.UUID, list[int]]]]:
    """Lines that say the same are one decision: (source, word, reason) -> numbers by batch."""
    groups: dict[tuple, dict[uuid.UUID, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in wanted:
        item = one.entry.item
        if one.line.decision and not is_about_entities(item):
            key = (source_of(item), one.line.decision, one.line.reason)
            groups[key][item["import_batch_id"]].append(item["row_number"])
    yield from groups.items()
