"""The decision records of docs/decisions: their front matter is the seed of qieos.adr_records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from qios.errors import UsageError
from qios.paths import text_of
from qios.registry.model import Registry

FOLDER = Path("docs/decisions")
SEED = Path("seeds/qieos/qieos__seed_adr_records.csv")
TOLD = ("adr_number", "title", "status", "decided_on", "context_summary", "decision")
FILE_NAME = re.compile(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md")
FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


def decisions_seed(registry: Registry) -> str:
    """The text of the seed: one row for each record, in the order of their numbers."""
    heading = [column.name for column in registry.relations["qieos.seed_adr_records"].columns]
    text = io.StringIO()
    rows = csv.DictWriter(text, heading, restval="", lineterminator="\n")
    rows.writeheader()
    rows.writerows(decisions(registry.root))
    return text.getvalue()


def decisions(root: Path) -> Iterator[dict[str, str]]:
    """The front matter of each record, and its file_path.

    Raises UsageError for a record that is not named or not headed as the others are.
    """
    for path in sorted((root / FOLDER).glob("*.md")):
        where = path.relative_to(root).as_posix()
        if not FILE_NAME.fullmatch(path.name):
            raise UsageError(
                f"{where}: the file name does not tell the number of a decision",
                cure="name it NNNN-title-in-lower-case.md, with the next free number",
            )
        told = _front_matter(path, where)
        for key in TOLD:
            if not told.get(key):
                raise UsageError(
                    f"{where}: the front matter gives no {key}",
                    cure=f"add the line `{key}: …` between the two lines `---` at the top",
                )
        if told["adr_number"] != path.name[:4]:
            raise UsageError(
                f"{where}: adr_number is {told['adr_number']}, the file name says {path.name[:4]}",
                cure="give both the same number",
            )
        if unknown := sorted(told.keys() - {*TOLD, "superseded_by"}):
            raise UsageError(
                f"{where}: the front matter has a key {unknown[0]}, which no decision has",
                cure=f"use {', '.join(TOLD)} and superseded_by",
            )
        yield told | {"file_path": where}


def _front_matter(path: Path, where: str) -> dict[str, str]:
    found = FRONT_MATTER.match(text_of(path))
    try:
        # Texts only: 0012 is not ten, and a day is no object.
        told = yaml.load(found[1], Loader=yaml.BaseLoader) if found else None  # noqa: S506
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise UsageError(
            f"{where}: the front matter cannot be read"
            + (f" ({told})" if isinstance(told, str) else ""),
            cure="begin the file with `---`, then one `key: text` a line, then `---`; "
            "quote a text that holds a colon",
        )
    return {key: " ".join(value.split()) for key, value in told.items()}
