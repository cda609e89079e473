"""A list of graded changes as text, as Markdown for a pull request, or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from qios.change.difference import WHOLE_ROW, Change
from qios.change.grading import MAJOR, Graded

PATCH = "patch"
LONGEST_CELL = 80


def as_text(ref: str, changes: Sequence[Graded]) -> str:
    lines = [_summary(ref, changes)]
    for graded in _shown(changes):
        lines.append(f"{graded.grade.upper():<5}  {graded.change.name}: {_told(graded.change)}")
        if graded.grade == MAJOR:
            lines.append(f"       {graded.rationale}{_answered(graded)}")
    lines += [f"{PATCH.upper():<5}  {registry}: {number}" for registry, number in _counted(changes)]
    return "\n".join(lines)


def as_markdown(ref: str, changes: Sequence[Graded]) -> str:
    """A heading per grade with a table below it."""
    lines = [f"## Registry changes since `{ref}`", "", _summary(ref, changes)]
    for grade in dict.fromkeys(graded.grade for graded in _shown(changes)):
        lines += ["", f"### {grade.upper()}", "", "| what | change | why |", "|---|---|---|"]
        for graded in (graded for graded in changes if graded.grade == grade):
            cells = (graded.change.name, _told(graded.change), graded.rationale + _answered(graded))
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if counted := _counted(changes):
        lines += ["", f"### {PATCH.upper()}", ""]
        lines += [f"- {registry}: {number}" for registry, number in counted]
    return "\n".join(lines)


def _shown(changes: Sequence[Graded]) -> list[Graded]:
    return [graded for graded in changes if graded.grade != PATCH]


def _counted(changes: Sequence[Graded]) -> list[tuple[str, int]]:
    """Registry → how many changes in it ask nothing of anybody; JSON has them one by one."""
    patches = Counter(graded.change.registry for graded in changes if graded.grade == PATCH)
    return sorted(patches.items())


def as_json(ref: str, changes: Sequence[Graded]) -> str:
    report = {
        "ref": ref,
        "grade": changes[0].grade if changes else None,
        "counts": dict(Counter(graded.grade for graded in changes)),
        "unacknowledged": sum(graded.open for graded in changes),
        "changes": [_entry(graded) for graded in changes],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _entry(graded: Graded) -> dict[str, Any]:
    change = graded.change
    return {
        "grade": graded.grade,
        "registry": change.registry,
        "object": change.object,
        "column": None if change.column == WHOLE_ROW else change.column,
        "kinds": sorted(change.kinds),
        "old": change.old,
        "new": change.new,
        "rationale": graded.rationale,
        "acknowledgement": graded.acknowledgement,
    }


def told(graded: Graded) -> str:
    """A change in one line, as a finding tells it."""
    return f"{graded.change.name}: {_told(graded.change)}; {graded.rationale}"


def _summary(ref: str, changes: Sequence[Graded]) -> str:
    if not changes:
        return f"no change of the registry since {ref}"
    counts = Counter(graded.grade for graded in changes)
    numbers = ", ".join(f"{number} {grade}" for grade, number in counts.items())
    waiting = sum(graded.open for graded in changes)
    answered = (
        f", {counts[MAJOR] - waiting} of {counts[MAJOR]} acknowledged" if counts[MAJOR] else ""
    )
    return f"{changes[0].grade.upper()} since {ref}: {numbers}{answered}"


def _told(change: Change) -> str:
    if change.column == WHOLE_ROW:
        came = "removed" if "removed" in change.kinds else "added"
        along = f" with {change.columns_along} columns of its own" if change.columns_along else ""
        return came + along
    if "renamed" in change.kinds:
        return f"renamed from {change.old}"
    return f"{_cell(change.old)} → {_cell(change.new)}"


def _cell(text: str) -> str:
    if not text:
        return "empty"
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _answered(graded: Graded) -> str:
    given = graded.acknowledgement
    if given is None:
        return ""
    adr = f", decision {given['adr']}" if given["adr"] else ""
    return (
        f" Acknowledged by {given['approved_by']} on {given['decided_on']}{adr}: {given['reason']}"
    )
