"""`qios contracts`: writes what is derived from the registry, or says that it is stale."""

import typer

from qios.errors import Findings
from qios.output import say
from qios.paths import project_root


def contracts(
    check: bool = typer.Option(
        False, "--check", help="Write nothing; show the diff and exit 1 when a file is stale."
    ),
) -> None:
    """Write what is derived: contracts, seed properties, macro vocabulary, seed of decisions."""
    from qios.check.run import broken_before_contracts
    from qios.registry.contracts import stale, write
    from qios.registry.model import Registry

    registry = Registry(project_root())
    findings = broken_before_contracts(registry)
    if findings:
        raise Findings(
            f"{len(findings)} findings, nothing is derived from a registry that breaks its rules\n"
            + "\n".join(map(str, findings)),
            cure="correct the rows in seeds/; docs/rules says what each rule wants",
        )
    if check:
        diffs = list(stale(registry))
        if diffs:
            print("\n".join(diffs))
            raise Findings(
                f"R0708 contracts: {len(diffs)} generated files differ from the registry",
                cure="run `qios contracts` and commit what it writes",
            )
        say("the contracts are current")
        return
    written = write(registry)
    for path in written:
        say(f"written: {path}")
    say(f"{len(written)} files written" if written else "the contracts are current")
