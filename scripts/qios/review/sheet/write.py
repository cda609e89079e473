"""What waits, as a workbook with a list of the decisions in each line, or as a CSV file."""

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from qios.errors import UsageError
from qios.review.sheet.cells import guarded
from qios.review.sheet.entries import Entry
from qios.review.sheet.table import DECISION, HEAD, REASON, cell_columns, heading, lines

WORKBOOK, CSV = ".xlsx", ".csv"
MOST_LINES = 1_000_000


def write(path: Path, entries: Sequence[Entry]) -> None:
    """Write a file of its own, readable by its owner alone; a spreadsheet in which somebody may
    have decided already is never written over."""
    kinds = {WORKBOOK: _write_workbook, CSV: _write_csv}
    if path.suffix.lower() not in kinds:
        raise UsageError(f"{path} is neither {WORKBOOK} nor {CSV}", "give it one of these endings")
    if path.exists():
        raise UsageError(
            f"{path} is there already", "take it back by `qios review import`, or name another file"
        )
    if len(entries) > MOST_LINES:
        raise UsageError(
            f"{len(entries)} items are more than a sheet holds",
            "name some of them by --batch, --source, --reason or --limit",
        )
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}", "name another folder"
        ) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            kinds[path.suffix.lower()](stream, entries)
        Path(part).rename(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _write_csv(stream: BinaryIO, entries: Sequence[Entry]) -> None:
    # With its mark at the beginning a spreadsheet takes the file for UTF-8.
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    columns = cell_columns(entries)
    writer = csv.writer(text)
    writer.writerow(heading(columns))
    for entry, (told, cells) in zip(entries, lines(entries, columns), strict=True):
        guarded_texts = [told[0], *map(guarded, told[1:]), *map(guarded, cells)]
        writer.writerow([*guarded_texts, guarded(entry.fingerprint)])
    text.detach()


def _write_workbook(stream: BinaryIO, entries: Sequence[Entry]) -> None:
    from xlsxwriter import Workbook

    # In memory: the library's own files of parts would lie about where a run is killed.
    with Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("review")
        text = workbook.add_format({"num_format": "@", "quote_prefix": True})
        to_fill = workbook.add_format({"num_format": "@", "bg_color": "#FFF2CC"})
        bold = workbook.add_format({"bold": True})
        columns = cell_columns(entries)
        names = heading(columns)
        for at, name in enumerate(names):
            sheet.write_string(0, at, name, bold)
        for number, (entry, (told, cells)) in enumerate(
            zip(entries, lines(entries, columns), strict=True), 1
        ):
            for at, said in enumerate([*told, *cells, entry.fingerprint]):
                if said:
                    sheet.write_string(number, at, said, text)
                elif names[at] in (DECISION, REASON):
                    sheet.write_blank(number, at, None, to_fill)
                elif at >= len(HEAD):
                    sheet.write_blank(number, at, None, text)
        _offer_decisions(sheet, names.index(DECISION), entries)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(entries), len(names) - 1)
        sheet.set_column(0, len(names) - 1, 18)
        sheet.set_column(0, 0, 10)
        sheet.set_column(len(names) - 1, len(names) - 1, None, None, {"hidden": True})


def _offer_decisions(sheet: object, column: int, entries: Sequence[Entry]) -> None:
    """One list of words for each run of lines that allow the same."""
    for words, run in groupby(enumerate(entries, 1), key=lambda line: line[1].decisions):
        numbers = [number for number, _ in run]
        sheet.data_validation(
            numbers[0],
            column,
            numbers[-1],
            column,
            {
                "validate": "list",
                "source": list(words),
                "error_title": "Not a decision",
                "error_message": f"Choose one of {', '.join(words)}, or leave the cell empty.",
            },
        )
