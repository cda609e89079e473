"""The verdicts as plain HTML pages: they need no network, and hold no cell of a row."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; color: #222 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4em .8em; border-bottom: 1px solid #ddd; vertical-align: top }
.passed, .met { color: #17692f }
.has_problems { color: #8a5a00 }
.failed, .broken { color: #a3161f; font-weight: 600 }
"""
INDEX = "index.html"


def write_pages(folder: Path, batches: Sequence[dict[str, Any]]) -> Path:
    """Write an index and a page for each batch, as listing.verdicts() gives them; the index.

    Pages of earlier runs are removed: what they told may hold no more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for page in folder.glob("*.html"):
        page.unlink()
    for batch in batches:
        _write(folder / _name(batch), f"Batch {str(batch['batch_id'])[:8]}", _batch(batch))
    index = folder / INDEX
    _write(index, "Validation", _index(batches))
    return index


def _index(batches: Sequence[dict[str, Any]]) -> str:
    rows = [
        (
            f'<a href="{_name(batch)}"><code>{str(batch["batch_id"])[:8]}</code></a>',
            escape(str(batch["source"])),
            escape(batch["path"]),
            str(batch["rows"]),
            _mark(batch["verdict"]),
            ", ".join(f"<code>{escape(code)}</code>" for code in batch["broken"]),
        )
        for batch in batches
    ]
    return _table(("Batch", "Source", "File", "Rows", "Verdict", "Not met"), rows)


def _batch(batch: dict[str, Any]) -> str:
    rows = [
        (
            _mark("met" if expected["met"] else "broken"),
            escape(expected["says"]),
            escape(expected["scope"]),
            f"<code>{escape(expected['code'])}</code>",
        )
        for expected in sorted(batch["expectations"], key=lambda expected: expected["met"])
    ]
    return (
        f'<p><a href="{INDEX}">All batches</a></p>'
        f"<p>{escape(batch['path'])}, read as {escape(str(batch['source']))}: "
        f"{batch['rows']} rows, {_mark(batch['verdict'])}</p>"
        + _table(("", "Expectation", "About each", "Code"), rows)
    )


def _mark(word: str | None) -> str:
    word = word or "not validated"
    return f'<span class="{word}">{word.replace("_", " ")}</span>'


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{heading}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _name(batch: dict[str, Any]) -> str:
    return f"{batch['batch_id']}.html"


def _write(path: Path, title: str, body: str) -> None:
    path.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1>{body}</html>\n",
        encoding="utf-8",
    )
