"""`qios diff`: what changed in the registry since a commit, and what that asks of others."""

from enum import StrEnum

import typer

from qios.errors import Findings
from qios.paths import project_root


class Format(StrEnum):
    text = "text"
    markdown = "markdown"
    json = "json"


def diff(
    ref: str = typer.Option(..., "--ref", help="Branch, tag or commit to compare with."),
    shape: Format = typer.Option(Format.text, "--format", help="How to print the changes."),
) -> None:
    """Grade every change of the registry since a commit; exit 1 on an unacknowledged MAJOR.

    Example: `qios diff --ref main`
    """
    from qios.change import report
    from qios.change.grading import graded_differences
    from qios.change.revision import seeds_at
    from qios.registry.model import Registry

    root = project_root()
    changes = graded_differences(Registry(root, seeds_at(root, ref)), Registry(root))
    print(getattr(report, f"as_{shape}")(ref, changes))
    waiting = [graded for graded in changes if graded.open]
    if waiting:
        raise Findings(
            f"{len(waiting)} major changes are not acknowledged\n"
            + "\n".join(f"R0709 {report.told(graded)}" for graded in waiting),
            cure="take them back, or answer for each with a row in "
            "seeds/qieos/qieos__seed_change_acknowledgements.csv (docs/rules/07-registry.md)",
        )
