"""`qios fields`: the master list of fields, looked at for one concept under several names."""

from typing import Annotated

import typer

from qios.errors import UsageError
from qios.output import Json, finish
from qios.paths import project_root

app = typer.Typer(no_args_is_help=True, help="Find one concept under several names.")

ASKED_FROM = 0.6


@app.command()
def similar(
    name: Annotated[
        str | None, typer.Argument(help="A field, or a name that somebody thinks of using.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every pair that no row declares distinct.")
    ] = False,
    threshold: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Show pairs from this score on, 0 to 1."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show fields that look like one, with the score and the reasons; exit 1 on a finding.

    Example: `qios fields similar client_email`
    """
    from qios.concepts import similar as concepts
    from qios.gate import clean_text
    from qios.registry.model import Registry

    if everything == (name is not None):
        raise UsageError("name one field, or give --all", "qios fields similar client_email")
    registry = Registry(project_root())
    if everything:
        least = concepts.THRESHOLD if threshold is None else threshold
        pairs = concepts.similar_pairs(registry, least)
        findings = [pair for pair in pairs if pair.score >= concepts.THRESHOLD]
    else:
        row = registry.fields.get(name)
        field = concepts.field_of(row) if row else concepts.field_named(name)
        least = ASKED_FROM if threshold is None else threshold
        pairs, findings = concepts.similar_to(field, concepts.fields_of(registry), least), []
    entries = [
        {
            "field": pair.left.key,
            "similar_to": pair.right.key,
            "score": round(pair.score, 2),
            "why": pair.why,
        }
        for pair in pairs
    ]
    text = [
        f"{entry['score']:.2f}  {entry['field']} ~ {entry['similar_to']}  {entry['why']}"
        for entry in entries
    ] or [f"no field looks like {clean_text(name)}" if name else "no two fields look like one"]
    if findings:
        text.append(
            "cure: make one the alias of the other, or tell them apart with the reason in "
            "seeds/qieos/qieos__seed_field_distinctions.csv (R1404)"
        )
    finish({"similar": entries, "exit_code": 1 if findings else 0}, as_json, text)
