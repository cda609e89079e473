"""Tables within a text, as notes and documents have them: one column of it holds the passwords.

| Site        | Password |
|-------------|----------|
| example.com | …        |
"""

import re
from collections.abc import Callable, Iterator

BARS = "|\t"
LONGEST_HEADING = 60
_RULE = re.compile(r"[\s:|+=\-]*")

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
            bar = next((bar for bar in BARS if bar in line), "")
            secret = _secret_columns(line.split(bar), marker_of) if bar else {}
            bar = bar if secret else ""
            yield line
            continue
        cells = line.split(bar)
        for at, kind in secret.items():
            cell = cells[at].strip() if at < len(cells) else ""
            if cell and not _RULE.fullmatch(cell):
                cells[at] = cells[at].replace(cell, marker(kind, cell))
        yield bar.join(cells)


def _secret_columns(cells: list[str], marker_of: SecretHeading) -> dict[int, str]:
    headings = {at: cell.strip(" *_`\r\n") for at, cell in enumerate(cells)}
    known = {
        at: marker_of(heading)
        for at, heading in headings.items()
        if 0 < len(heading) <= LONGEST_HEADING
    }
    return {at: kind for at, kind in known.items() if kind}
