"""What `qios stage` tells people: what became of tables, documents and other files."""

import shlex
from collections import Counter
from typing import Any

NAMED = 20
"""So many files of a kind are named in a text for people."""


def stage_text(summary: dict[str, Any]) -> list[str]:
    """The lines of a summary, the cure of each reason once."""
    rows = summary["rows"]
    lines = [
        f"staged      {rows['read']} rows read = {rows['staged']} staged + "
        f"{rows['rejected']} rejected + {rows['repeated']} repeated"
    ]
    for table in summary["files"]:
        lines += _table_text(table)
    lines += _held_text(summary["files"]) + _document_text(summary["documents"])
    types = Counter(file["media_type"] for file in summary["noted"])
    lines += [f"  only noted: {number} {media_type}" for media_type, number in types.items()]
    for path in summary["unclaimed"][:NAMED]:
        lines.append(f"  {path}: its rows wait on, no registered source has this header")
    lines += _more(summary["unclaimed"])
    if views := [table for table in summary["files"] if table["view_of"]]:
        lines.append(
            f"  {len(views)} files are views of others in their export, which hold their rows with "
            "more columns"
        )
    for problem in summary["problems"]:
        lines.append(f"  {problem['message']}")
        lines.append(f"    cure: {problem['cure']}")
    return lines


def _name(table: dict[str, Any]) -> str:
    return f"{table['path']} ({table['part']})" if table["part"] else table["path"]


def _table_text(table: dict[str, Any]) -> list[str]:
    name = _name(table)
    lines = []
    if table["quarantined"]:
        lines += _quarantine_text(table)
    elif table["redacted_headings"]:
        lines.append(f"  {name}: values replaced under {', '.join(table['redacted_headings'])}")
    if table["gone"]:
        lines.append(
            f"  {table['path']}: {table['gone']} records of earlier files are in it no more, and "
            "wait for review"
        )
    for row in table["refused"]:
        what = f"{row['reason_code']} ({row['reason_detail']})"
        lines.append(f"  {name} row {row['row_number']}: {what}")
    return lines + _refused_text(table) if table["refused"] else lines


def _quarantine_text(table: dict[str, Any]) -> list[str]:
    """That a file is a password export, and that it still lies there."""
    path = shlex.quote(table["path"])
    return [
        f"  {_name(table)}: a password export, its rows are held in quarantine and never promoted",
        "    the file itself still holds the passwords in plain text",
        f"    cure: `qios vault export {path} --to passwords.kdbx`, then delete it",
    ]


def _refused_text(table: dict[str, Any]) -> list[str]:
    """Where the refused rows of a table are, and the cure of each reason."""
    rejected, shown = table["rows"]["rejected"] - table["held"], len(table["refused"])
    more = f" (the first {shown} are named here)" if rejected > shown else ""
    lines = [f"    refused rows, all kept in staging.import_rows: {rejected}{more}"]
    cures = {row["reason_code"]: row["cure"] for row in table["refused"]}
    return lines + [f"    cure of {code}: {cure}" for code, cure in cures.items()]


def _held_text(tables: list[dict[str, Any]]) -> list[str]:
    """The tables that no source claims, and what to do about them."""
    from qios.intake.holding import UNKNOWN_SOURCE
    from qios.intake.reasons import CURES

    held = [table for table in tables if table["held"]]
    lines = [f"  {_name(table)}: {table['held']} rows wait for a source" for table in held[:NAMED]]
    if held:
        lines += _more(held)
        lines.append("    all kept in staging.import_rows")
        lines.append(f"    cure of {UNKNOWN_SOURCE}: {CURES[UNKNOWN_SOURCE]}")
    return lines


def _document_text(documents: list[dict[str, Any]]) -> list[str]:
    """What was read of documents, and those that could not be read or show pictures only."""
    from qios.intake.reasons import DOCUMENT_CURES

    if not documents:
        return []
    pages = sum(document["pages"] for document in documents)
    letters = sum(document["characters"] for document in documents)
    lines = [f"  text of {len(documents)} documents: {pages} pages, {letters} letters"]
    for document in documents:
        if document["without_text"]:
            lines.append(f"  {document['path']}: {document['without_text']} pages are pictures")
        if code := document["error_code"]:
            lines.append(f"  {document['path']} gives no whole text ({code})")
            lines.append(f"    cure: {DOCUMENT_CURES[code]}")
    return lines


def _more(named: list[Any]) -> list[str]:
    rest = len(named) - NAMED
    return [f"  and {rest} more, all named with --json"] if rest > 0 else []
