"""`qios lineage`: which column takes its value from which, as the models say it."""

import typer

from qios.errors import Findings
from qios.output import say
from qios.paths import project_root


def lineage(
    check: bool = typer.Option(
        False, "--check", help="Write nothing; exit 1 when the seed is not what the models say."
    ),
) -> None:
    """Read the column flows from the compiled models into their seed; needs no database."""
    from qios.lineage.flows import SEED, flows_seed
    from qios.registry.contracts import write
    from qios.registry.model import Registry

    root = project_root()
    text = flows_seed(Registry(root))
    if text == (root / SEED).read_text(encoding="utf-8"):
        say("the column flows are current")
    elif check:
        raise Findings(
            f"R0708 {SEED}: the models say otherwise",
            "run `qios lineage` and commit what it writes",
        )
    else:
        (root / SEED).write_text(text, encoding="utf-8")
        for path in (SEED, *write(Registry(root))):
            say(f"written: {path}")
