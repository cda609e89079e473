"""`qios schema`: propose a schema and walk its creation test, or approve one that passed."""

import sys
from typing import Annotated

import typer

from qios.errors import UsageError
from qios.output import Json, finish, say
from qios.paths import project_root

app = typer.Typer(
    no_args_is_help=True, help="Propose a schema, walk the creation test, approve it."
)

Name = Annotated[str, typer.Argument(help="Name of the schema.")]


@app.command()
def propose(
    name: Name,
    purpose: Annotated[str, typer.Option(help="What it would hold, in a sentence.")] = "",
    owner: Annotated[str, typer.Option(help="Module that owns its meaning.")] = "",
    tables: Annotated[
        str,
        typer.Option(
            help="Tables it would take (schema.table) and new ones (a bare name), by commas; "
            "without it, those with a word of the name or purpose in theirs."
        ),
    ] = "",
    met: Annotated[
        list[str] | None,
        typer.Option(
            help="CRITERION=REASON: a criterion that only a person can tell is met. On a terminal "
            "you are asked for those not given; elsewhere they stay as they were proposed."
        ),
    ] = None,
    not_met: Annotated[
        list[str] | None, typer.Option(help="CRITERION: one that is not met after all.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Walk the eight criteria with the registry's evidence and store the proposal.

    Example: `qios schema propose qitravel --purpose "Journeys and bookings." --owner qilife`
    """
    from qios.registry.model import Registry
    from qios.schemas.evidence import QUESTIONS, Evidence
    from qios.schemas.proposal import propose as walk
    from qios.schemas.proposal import store

    given = dict(_criterion(text) for text in met or ())
    given |= {_known(text): "" for text in not_met or ()}

    def ask(question: Evidence) -> str | None:
        if not sys.stdin.isatty() or as_json:
            return None
        asked = f"{QUESTIONS[question.criterion]} ({question.found}) Why? Empty if it is not so"
        return typer.prompt(asked, default="", show_default=False, err=True).strip()

    registry = Registry(project_root())
    named = tuple(part.strip() for part in tables.split(",") if part.strip())
    proposal = walk(registry, name, purpose=purpose, owner=owner, tables=named, met=given, ask=ask)
    line = store(registry, proposal)
    answers = [
        {
            "criterion": answer.criterion,
            "question": QUESTIONS[answer.criterion],
            "met": bool(answer.met),
            "evidence": answer.found,
        }
        for answer in proposal.answers
    ]
    summary = {
        "schema": name,
        "criteria_met": proposal.criteria_met,
        "passed": proposal.passed,
        "verdict": proposal.verdict,
        "answers": answers,
        "stored": f"seeds/qieos/qieos__seed_schemas.csv:{line}",
        "exit_code": 0,
    }
    text = [
        f"{'yes' if answer['met'] else 'no':<4}{answer['question']} {answer['evidence']}"
        for answer in answers
    ]
    text += [f"{name}: {proposal.verdict}", f"stored as proposed in {summary['stored']}"]
    if proposal.passed:
        text.append(f"next: a decision record, then qios schema approve {name} --by … --adr …")
    finish(summary, as_json, text)


@app.command()
def approve(
    name: Name,
    by: Annotated[str, typer.Option(help="Person who approves it.")],
    adr: Annotated[str, typer.Option(help="Number of the accepted decision record.")],
) -> None:
    """Approve a proposed schema that passed: its row, its folder, its line in dbt_project.yml.

    Example: `qios schema approve qitravel --by ada --adr 0070`
    """
    from qios.registry.contracts import write
    from qios.registry.model import Registry
    from qios.schemas.approval import approve as admit

    root = project_root()
    written = admit(Registry(root), name, by, adr)
    for path in (*written, *write(Registry(root))):
        say(f"written: {path}")
    say(f"{name} is approved; register its tables, then `qios contracts` and `qios build`")


def _criterion(text: str) -> tuple[str, str]:
    name, _, reason = text.partition("=")
    if not reason.strip():
        raise UsageError(f"--met {text!r} gives no reason", "write --met CRITERION=REASON")
    return _known(name), reason.strip()


def _known(name: str) -> str:
    from qios.check.specification import CRITERIA

    if name not in CRITERIA:
        raise UsageError(
            f"{name!r} is no criterion of the creation test",
            f"the criteria are {', '.join(CRITERIA)}",
        )
    return name
