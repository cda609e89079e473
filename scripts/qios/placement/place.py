"""`qios place`: which tables the columns of a file mean, and how surely. Needs no database."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qios.gate import clean_text
from qios.paths import project_root
from qios.placement.headings import Heading, read_headings
from qios.placement.meanings import Meanings
from qios.placement.questions import answers
from qios.registry.model import Registry

SECRETS = "qivault.secret_refs"
FILE_ITSELF = {
    "qinexus.files": "the file itself, by path and hash",
    "qinexus.import_batches": "each reading of it into staging",
}
Votes = dict[str, dict[tuple[str, ...], float]]
"""Table -> the headings of one field -> the part of the field's vote that the table gets."""

SHOWN = 5
LEAST_SHARE = 0.2
"""A table is named when its score is at least this share of the best one's."""


def place(path: Path, encoding: str | None = None) -> dict[str, Any]:
    """{path, source, headings, known, schema, tables, secret_headings, file_itself, lies_in,
    questions}; counts of headings, and a table's {table, score, headings}.

    Each field that a heading means is a vote, shared among the tables that have the field; the
    headings of credentials vote for the table of references to secrets. The schema with most votes
    is meant, and of a table the score is its share of all votes. Of the file no heading is told
    but those that the registry knows.
    """
    registry = Registry(project_root())
    meanings = Meanings(registry)
    source, headings = read_headings(path, encoding, meanings)
    votes = _votes(meanings, headings)
    if source and source.row["source_kind"] == "credentials":
        votes = {SECRETS: votes.get(SECRETS) or {(): 1.0}}
    schema = _most(_by_schema(votes))
    total = sum(sum(by.values()) for by in votes.values())
    scores = {name: sum(by.values()) / total for name, by in votes.items()}
    ranked = sorted(scores, key=lambda name: (name.split(".")[0] != schema, -scores[name], name))
    best = registry.relations[ranked[0]] if ranked else None
    return {
        "path": clean_text(str(path)),
        "source": source.key if source else None,
        "headings": len(headings),
        "known": sum(bool(heading.fields or heading.secret) for heading in headings),
        "schema": schema,
        "tables": [
            {"table": name, "score": round(scores[name], 2), "headings": _told(votes[name])}
            for name in ranked[:SHOWN]
            if scores[name] >= scores[ranked[0]] * LEAST_SHARE
        ],
        "secret_headings": sum(heading.secret for heading in headings),
        "file_itself": FILE_ITSELF,
        "lies_in": _module_of_folder(registry, path),
        "questions": answers(registry, best) if best else [],
    }


def _votes(meanings: Meanings, headings: Iterable[Heading]) -> Votes:
    votes: Votes = defaultdict(dict)
    labels: dict[str, list[str]] = defaultdict(list)
    for heading in headings:
        if heading.secret:
            votes[SECRETS][()] = votes[SECRETS].get((), 0) + 1
        else:
            for key in heading.fields:
                labels[key].append(heading.label)
    for key, called in labels.items():
        tables = meanings.tables_of(key)
        for table in tables:
            votes[table.full_name][tuple(called)] = 1 / len(tables)
    return votes


def _by_schema(votes: Votes) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for name, by in votes.items():
        sums[name.split(".")[0]] += sum(by.values())
    return sums


def _most(sums: dict[str, float]) -> str | None:
    return min(sums, key=lambda name: (-sums[name], name), default=None)


def _told(votes: dict[tuple[str, ...], float]) -> list[str]:
    """The headings, the weightiest first; the heading of a secret may itself be anything."""
    by_weight = sorted(votes, key=lambda labels: (-votes[labels], labels))
    return [label for labels in by_weight for label in labels]


def _module_of_folder(registry: Registry, path: Path) -> str | None:
    """The module after which a folder above the file is named, as in `30_QiServer/data`."""
    names = {row["module_key"]: row["display_name"] for row in registry.seeds["qieos.modules"]}
    for folder in path.resolve().parts[-2::-1]:
        if name := names.get(folder.lstrip("0123456789_-. ").casefold()):
            return name
    return None
