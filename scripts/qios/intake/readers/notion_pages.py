"""Which row of a Notion database is which page.

A CSV file of an export has no row ids. The id of a row's page stands only in the name of the page's
file, behind a title that is cut and has lost some letters.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

CUT_FROM = 30
"""A title in a file name may be cut when it is at least so long."""

_NOT_A_LETTER = re.compile(r"[\W_]+")

PAIRS = 10_000
"""So many pairs of rows and pages of one title are compared; more stay without an id."""

Score = Callable[[int, str], int]
"""(index of a row, page id) -> how much of the page's text agrees with the row."""


def cleaned(title: str) -> str:
    """The letters and digits of a title, in the form in which titles are compared."""
    text = unicodedata.normalize("NFKC", title).casefold()
    return _NOT_A_LETTER.sub("", text) or ("untitled" if not title.strip() else text.strip())


def pages_of(titles: Sequence[str], pages: Mapping[str, str], score: Score) -> dict[int, str]:
    """Index of a row -> id of its page, for the rows whose page is found.

    titles: of the rows. pages: page id -> title in its file name. `score` is asked only where
    several rows or pages share a title.
    """
    by_title: dict[str, list[str]] = {}
    for page_id, title in sorted(pages.items()):
        by_title.setdefault(cleaned(title), []).append(page_id)
    cut = sorted((t for t in by_title if len(t) >= CUT_FROM), key=len, reverse=True)
    rows: dict[str, list[int]] = {}
    for index, title in enumerate(titles):
        wanted = cleaned(title)
        if wanted not in by_title:
            wanted = next((t for t in cut if wanted.startswith(t)), "")
        if wanted:
            rows.setdefault(wanted, []).append(index)
    found: dict[int, str] = {}
    for title, indices in rows.items():
        found.update(_paired(indices, by_title[title], score))
    return found


def _paired(rows: list[int], page_ids: list[str], score: Score) -> dict[int, str]:
    """The pairs that agree best, each row and each page once."""
    if len(rows) == len(page_ids) == 1:
        return {rows[0]: page_ids[0]}
    if len(rows) * len(page_ids) > PAIRS:
        return {}
    scored = [(-score(row, page_id), row, page_id) for row in rows for page_id in page_ids]
    pairs: dict[int, str] = {}
    for _, row, page_id in sorted(scored):
        if row not in pairs and page_id not in pairs.values():
            pairs[row] = page_id
    return pairs


def agreement(text: str, title: str, cells: Mapping[str, str]) -> int:
    """How well the text of a page, a Markdown file, fits a row: the heading counts most, then each
    property that stands in both.

    cells: heading -> cell of the row.
    """
    heading, _, rest = text.partition("\n")
    same_title = heading.lstrip("# ").strip() == title.strip()
    lines = set(rest.lstrip("\n").partition("\n\n")[0].splitlines())
    same = sum(1 for name, cell in cells.items() if cell and f"{name}: {cell}" in lines)
    return len(cells) * same_title + same
