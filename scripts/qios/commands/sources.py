"""`qios sources …`: the kinds of export that are registered, and which of them a file is."""

from pathlib import Path
from typing import Annotated, Any

import typer

from qios.output import Json, finish, table

app = typer.Typer(no_args_is_help=True, help="Show the registered sources, and whose a file is.")

OneFile = Annotated[Path, typer.Argument(help="A file; it need not be registered.")]
Encoding = Annotated[
    str | None,
    typer.Option(help="How to read a file that is not valid UTF-8, such as cp1252."),
]


@app.command("list")
def list_sources(as_json: Json = False) -> None:
    """Show the registered sources and the headings that mark them."""
    from qios.intake.sources import registered_sources

    rows = [
        {
            "source": source.key,
            "display_name": source.row["display_name"],
            "kind": source.row["source_kind"],
            "staged_in": f"staging.{source.landing}",
            "known_by": [
                " or ".join(source.shape.columns[name][0] for name in marker.split("/"))
                for marker in source.shape.header_markers
            ],
        }
        for source in registered_sources().values()
    ]
    if not as_json:
        table(rows)
    finish({"sources": rows, "exit_code": 0}, as_json, [f"{len(rows)} sources"])


@app.command("detect")
def detect(path: OneFile, encoding: Encoding = None, as_json: Json = False) -> None:
    """Say which source a file is of, how sure that is, and why.

    Example: `qios sources detect samples/zoho/Contacts_2026_10_01.csv`
    """
    from qios.intake.decode import require_encoding
    from qios.sources.detect import detect as detect_source

    require_encoding(encoding)
    found = detect_source(path, encoding)
    known = [member for member in found["members"] if member["source"]]
    found["exit_code"] = 0 if found["source"] or known else 1
    finish(
        found, as_json, _archive_text(found, known) if found["members"] else _detected_text(found)
    )


def _archive_text(found: dict[str, Any], known: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"{found['path']}: an archive of {len(found['members'])} files, "
        f"{len(known)} of registered sources"
    ]
    return lines + [f"  {m['path']}: {m['source']}, score {m['score']:.2f}" for m in known]


def _detected_text(found: dict[str, Any]) -> list[str]:
    if found["source"]:
        lines = [f"{found['path']}: {found['source']}, score {found['score']:.2f}"]
    else:
        lines = [f"{found['path']}: no registered source claims it (unknown_source)"]
    for candidate in found["candidates"]:
        judged = candidate["values_judged"]
        lines.append(
            f"  {candidate['source']} ({candidate['display_name']}): score {candidate['score']:.2f}"
        )
        lines.append(
            f"    {len(candidate['headings_found'])} headings found: "
            f"{', '.join(candidate['headings_found'])}; {candidate['other_headings']} others"
        )
        if candidate["markers_missing"]:
            lines.append(f"    markers missing: {', '.join(candidate['markers_missing'])}")
        if judged:
            lines.append(
                f"    {candidate['values_fitting']} of {judged} sampled values have the form of "
                "their column"
            )
    if not found["source"]:
        lines.append(
            "  cure: if it is one of these, add its headings as aliases to "
            "seeds/qinexus/qinexus__seed_source_columns.csv"
        )
    return lines
