"""Secrets in whatever a person types: words, reasons, values, filters, names, and mistakes."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from flow.canaries import Canaries
from flow.planting import text_of
from flow.world import World

NOBODY = "00000000-0000-0000-0000-000000000000"
CONTACTS = [
    ["Record Id", "Last Name", "Email", "Title", "Portal Password"],
    ["zcrm_71", "Amsel", "amsel@example.com", "Singer", ""],
    ["zcrm_72", "Meise", "meise@example.com", "Singer", ""],
    ["zcrm_73", "Specht", "no address", "", ""],
    ["zcrm_74", "Star", "no address either", "", ""],
    ["zcrm_75", "Zeisig", "nor this", "", ""],
    ["zcrm_76", "too short"],
]
ITEM = """
    select item.id from qiaccess.classification_queue as item
    inner join staging.zoho_contacts as row
        on row.import_batch_id = item.import_batch_id and row.row_number = item.row_number
    where row.family_name = %s and item.status <> 'decided'
"""
ENTITY = "select entity_id from core.people where family_name = %s"
PERSON = "select id from core.people where family_name = %s"
CAPTURE = "select id from qiaccess.classification_queue where waiting_reason = 'capture' limit 1"
CONFLICT = "select id from qiaccess.classification_queue where waiting_reason = 'conflict'"
SUNG = "update core.people set job_title = 'Dancer' where family_name = 'Meise'"

Command = tuple[str | Path, ...]
Said = Callable[[str], str]
"""Where a secret is planted → words with it."""


def commands(world: World, planted: Canaries) -> Iterator[Command]:
    """Every command that takes words, one after the other: a later one finds what the ones before
    it have left."""

    def said(where: str) -> str:
        return planted.shaped("said", where)

    contacts = world.folder / "waiting.csv"
    contacts.write_text(text_of(CONTACTS), encoding="utf-8")
    yield "ingest", contacts
    yield from captures(world, said)
    yield from corrections(world, said)
    yield from reviews(world, said)
    yield from decisions(world, said)
    yield from mistakes(world, said)


def captures(world: World, said: Said) -> Iterator[Command]:
    note = world.folder / "note.txt"
    note.write_text(said("a captured file"), encoding="utf-8")
    yield "capture", said("capture")
    yield "capture", "--file", note, said("capture with a file")
    yield "captures", "--all"
    setting = f"body={said('handoff, a value')}"
    captured = world.value(CAPTURE)
    yield "handoff", captured, "--set", setting, "--why", said("handoff, why")
    yield "handoff", captured, "--discard", "--why", said("discard, why")


def corrections(world: World, said: Said) -> Iterator[Command]:
    amsel = world.value(PERSON, "Amsel")
    yield "correct", "core.people", amsel, f"nickname={said('correct, a value')}", "--why", "x"
    yield "correct", "core.people", amsel, "nickname=Amy", "--why", said("correct, why")
    yield ("corrections",)
    yield "history", "core.people", amsel
    yield "correct", "core.people", amsel, "--withdraw", "--why", said("withdraw, why")


def reviews(world: World, said: Said) -> Iterator[Command]:
    specht, star, zeisig = (world.value(ITEM, name) for name in ("Specht", "Star", "Zeisig"))
    yield "review", "edit", specht, f"description={said('edit, a value')}", "--why", said("edit")
    yield "review", "edit", specht, f"portal_password={said('edit, a secret column')}"
    yield "review", "edit", specht, f"{said('edit, a column')}=x"
    yield "review", "show", specht
    sheet = world.folder / "decisions.csv"
    yield "review", "export", sheet, star
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    line |= {"decision": "reject", "reason": said("a reason"), "cell: family_name": said("a cell")}
    sheet.write_text(text_of([list(line), list(line.values())]), encoding="utf-8")
    yield "review", "import", sheet
    yield "review", "assign", specht, "--to", said("assign")
    yield "review", "list", "--assignee", said("list, assignee")
    yield "review", "reject", specht, "--why", said("reject, why")
    yield "review", "approve", zeisig, "--why", said("approve, why")
    yield "review", "dismiss", "--all", "--why", said("dismiss, why")
    yield "review", "list", "--status", "rejected"


def decisions(world: World, said: Said) -> Iterator[Command]:
    amsel, meise = world.value(ENTITY, "Amsel"), world.value(ENTITY, "Meise")
    world.rows(SUNG)
    later = world.folder / "later.csv"
    row = ["zcrm_72", "Meise", "meise@example.com", "Choirmaster", ""]
    later.write_text(text_of([CONTACTS[0], row]), encoding="utf-8")
    yield "ingest", later
    yield "review", "approve", world.value(CONFLICT), "--why", said("conflict, why")
    yield "review", "merge", amsel, meise, "--why", said("merge, why")
    yield "review", "split", meise, "--why", said("split, why")
    yield "forget", meise, "--yes", "--why", said("forget, why")
    promoted = "select import_batch_id from core.people where family_name = 'Amsel'"
    yield "undo", world.value(promoted), "--force", "--why", said("undo, why")


def mistakes(world: World, said: Said) -> Iterator[Command]:
    """What is refused, and what is not there."""
    for option in ("status", "reason", "batch", "rows", "source", "limit"):
        yield "review", "list", f"--{option}", said(f"no {option}")
    yield "review", "list", f"--{said('no option')}"
    yield "review", "show", said("no item")
    yield "review", "edit", NOBODY, said("no cell")
    yield "review", "merge", said("nobody"), said("nobody else"), "--why", "x"
    yield "review", "import", world.folder / f"{said('no sheet')}.csv"
    yield "history", said("no table"), NOBODY
    yield "history", "core.people", said("no id")
    yield "correct", said("no table to correct"), NOBODY, "a=b", "--why", "x"
    yield "correct", "core.people", said("no id to correct"), "a=b", "--why", "x"
    yield "forget", said("no one"), "--yes", "--why", "x"
    yield "undo", said("no batch to undo")
    yield "handoff", said("no capture")
    yield "capture", "x", "--about", said("no entity")
    yield "fields", "similar", said("no field")
    yield "schema", "propose", said("no name")
    yield "schema", "approve", said("no schema"), "--by", said("no person"), "--adr", said("no ADR")
    yield "ingest", world.folder / "waiting.csv", "--encoding", said("no encoding")
    yield "stage", "--retry", "--reason", said("no reason code")
    for command in (("register",), ("place",), ("sources", "detect")):
        yield *command, world.folder / said(f"no file to {command[-1]}")
    yield "vault", "export", world.folder / said("no file"), "--to", world.folder / said("no vault")
    yield "validate", "--batch", said("no batch to judge")
    yield "promote", said("no plan")
    yield "diff", "--ref", said("no commit")
    yield (said("no command"),)
