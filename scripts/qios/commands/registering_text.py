"""What `qios register` and `qios ingest` say of the files that they were given."""

from collections import Counter
from typing import Any

from qios.commands.staging_text import NAMED


def register_text(summary: dict[str, Any]) -> list[str]:
    counts = ", ".join(f"{number} {outcome}" for outcome, number in summary["counts"].items())
    lines = [f"registered  {counts or 'no files'}"]
    for file in summary["files"]:
        if file["outcome"] == "copy":
            lines.append(f"  {file['path']}: nothing new, the same bytes as {file['first_path']}")
        if file["outcome"] == "unreadable":
            lines.append(f"  {file['path']}: {file['detail']} (unreadable_file)")
            lines.append("    cure: make it readable, then repeat the command")
    return lines + _left_out_text(summary["files"])


def _left_out_text(files: list[dict[str, Any]]) -> list[str]:
    """What of archives was refused, with the cure of each reason, and what was left out."""
    from qios.intake.reasons import ARCHIVE_CURES
    from qios.intake.versions import REFUSED, SKIPPED

    refused = [file for file in files if file["outcome"] == REFUSED]
    lines = [f"  {f['path']}: {f['detail']} ({f['reason_code']})" for f in refused[:NAMED]]
    if len(refused) > NAMED:
        lines.append(f"  and {len(refused) - NAMED} more, all named with --json")
    for code in dict.fromkeys(file["reason_code"] for file in refused):
        lines.append(f"    cure of {code}: {ARCHIVE_CURES[code]}")
    skipped = Counter(file["reason_code"] for file in files if file["outcome"] == SKIPPED)
    return lines + [f"  left out: {number} members ({code})" for code, number in skipped.items()]
