"""Puts one row into a seed and leaves every other line as it is."""

from __future__ import annotations

import csv
import io

from qios.paths import text_of
from qios.registry.seeds import Seeds, seed_of


def put_row(seeds: Seeds, name: str, key: str, cells: dict[str, str]) -> int:
    """Writes the row of a registry, `qieos.schemas`, whose column `key` has the value in `cells`.

    A row of that key is replaced; a new one goes where the alphabet has it. Returns its line.
    """
    relation = seed_of(name)
    path = seeds.paths[relation]
    lines = text_of(path).splitlines(keepends=True)
    start, end = 1, 1  # a row ends at its line number, and starts behind the row before it
    for row in seeds[name]:
        if row[key] >= cells[key]:
            end = row.line if row[key] == cells[key] else start
            break
        start = end = row.line
    text = io.StringIO()
    header = seeds.header(relation)
    csv.DictWriter(text, header, restval="", lineterminator="\n").writerow(cells)
    lines[start:end] = [text.getvalue()]
    path.write_text("".join(lines), encoding="utf-8")
    return start + 1
