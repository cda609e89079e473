"""Tables within a text, as notes and documents have them: one column of it holds the passwords.

| Site        | Password |
|-------------|----------|
| example.com | …        |

A file of two lines with commas may be taken for prose, so commas and semicolons count as bars,
too; but prose has them as well, and there only a short heading is one.
"""

import re
from collections.abc import Callable, Iterator

COMMAS = ",;"
BARS = "|\t" + COMMAS
LONGEST_HEADING = 60
_RULE = re.compile(r"[\s:|+=\-]*")
_UP_TO_THREE_WORDS = re.compile(r"[\w'-]+(?: [\w'-]+){0,2}")

SecretHeading = Callable[[str], str | None]
"""What stands in place of the values under a heading; None where it is that of no secret."""


def clean_tables(text: str, marker_of: SecretHeading, marker: Callable[[str, str], str]) -> str:
    """The text with the cells below secret headings replaced, line by line until a table ends."""
    if "\n" not in text or not any(bar in text for bar in BARS):
        return text
    return "".join(_lines(text, marker_of, marker))


def _lines(text: str, marker_of: SecretHeading, marker: Callable[[str, str], str]) -> Iterator[str]:
    bar, secret = "", {}
    for line in text.splitlines(keepends=True):
        if bar not in line or not bar:
            bar, secret = _heading(line, marker_of)
            yield line
            continue
        cells = _cells(line, bar)
        for at, kind in secret.items():
            cell = cells[at].strip(' "\r\n') if at < len(cells) else ""
            if cell and not _RULE.fullmatch(cell):
                cells[at] = cells[at].replace(cell, marker(kind, cell))
        yield bar.join(cells)


def _heading(line: str, marker_of: SecretHeading) -> tuple[str, dict[int, str]]:
    """What separates the cells of a heading of secrets, and the kind of each; or nothing."""
    for bar in BARS:
        if bar in line and (secret := _secret_columns(_cells(line, bar), bar, marker_of)):
            return bar, secret
    return "", {}


def _cells(line: str, bar: str) -> list[str]:
    """The cells as they stand, quotes included; joined by the bar they are the line again."""
    pieces = line.split(bar)
    if bar not in COMMAS or line.count('"') % 2:
        return pieces
    cells: list[str] = []
    quoted = False
    for piece in pieces:
        if quoted:
            cells[-1] += bar + piece
        else:
            cells.append(piece)
        quoted ^= piece.count('"') % 2 == 1
    return cells


def _secret_columns(cells: list[str], bar: str, marker_of: SecretHeading) -> dict[int, str]:
    if len(cells) < 2:
        return {}
    headings = {at: cell.strip(' *_`"\r\n') for at, cell in enumerate(cells)}
    known = {
        at: marker_of(heading)
        for at, heading in headings.items()
        if 0 < len(heading) <= LONGEST_HEADING
        and (bar not in COMMAS or _UP_TO_THREE_WORDS.fullmatch(heading))
    }
    return {at: kind for at, kind in known.items() if kind}
