"""Cells that hold several values: each is kept, found, and ends by itself."""

import csv
from collections.abc import Iterable
from pathlib import Path

from flow.world import World, contact
from projects import Project

HEADINGS = (
    *("First Name", "Last Name", "Organization Name", "Labels", "E-mail 1 - Value"),
    *("Phone 1 - Value", "Address 1 - Street", "Address 1 - City", "Address 1 - Postal Code"),
)
ADA = ("Ada", "Byron", "", "* myContacts ::: Friends")
MAILS = "zoe@example.org ::: ada@example.org"
PHONES = "614-555-0101 ::: 614-555-0102 ::: 614-555-0103"
HOMES = ("1 Main St ::: 2 Oak St", "Columbus ::: Dayton", "43004 ::: ")
NAMELESS = ("", "", "", "", "info@example.org ::: hive@example.org")
UNEVEN = ("Bo", "Reed", "", "", "bo@example.org", "", "3 Elm St ::: 4 Ash St", "Columbus")
EMPLOYERS = ("Cy", "Cole", "Acme ::: Globex", "", "cy@example.org")
REACHED = "select value from core.identifiers where {} order by value"
LIVED = "select street_address, locality, postal_code from core.locations where {} order by 1"


def test_each_value_of_a_cell_is_known_by_itself(world: World) -> None:
    world.qios("ingest", world.export("zoho.csv", [known("zoe@example.org")]))
    rows = [(*ADA, MAILS, PHONES, *HOMES), NAMELESS, UNEVEN, EMPLOYERS]
    world.qios("ingest", google(world.folder / "one.csv", rows))
    reached = values(world, REACHED.format("source_system = 'google_contacts'"))
    assert reached == {
        *("+16145550101", "+16145550102", "+16145550103"),
        *("ada@example.org", "hive@example.org", "info@example.org", "zoe@example.org"),
    }
    assert world.rows(LIVED.format("true")) == [
        {"street_address": "1 Main St", "locality": "Columbus", "postal_code": "43004"},
        {"street_address": "2 Oak St", "locality": "Dayton", "postal_code": None},
    ]
    # The mail that both books have is not the first of the cell.
    assert world.value("select count(*) from core.pair_decisions where decision = 'same'") == 1
    waiting = {row["row_number"]: row for row in world.json("review", "list")["rows"]}
    assert {number: row["problem_codes"] for number, row in waiting.items()} == {
        3: ["uneven_values:first_locality"],
        4: ["several_values_in_a_cell"],
    }

    settled = world.content()
    turned = tuple(" ::: ".join(reversed(cell.split(" ::: "))) for cell in (MAILS, PHONES, *HOMES))
    nameless = (*NAMELESS[:4], "hive@example.org ::: info@example.org")
    again = world.json("ingest", google(world.folder / "turned.csv", [(*ADA, *turned), nameless]))
    assert again["stage"]["rows"]["staged"] == 2
    after = world.content()
    for table in ("entities", "people", "organizations", "identifiers", "locations"):
        assert after[f'"core"."{table}"'] == settled[f'"core"."{table}"']

    fewer = (*ADA, "ada@example.org", "614-555-0103 ::: 614-555-0101", "1 Main St", "Columbus")
    world.qios("ingest", google(world.folder / "fewer.csv", [fewer]))
    assert values(world, REACHED.format("ended_at is not null")) == {
        "+16145550102",
        "zoe@example.org",
    }
    assert [row["locality"] for row in world.rows(LIVED.format("ended_at is not null"))] == [
        "Dayton"
    ]

    item = waiting[3]["item_id"]
    world.qios("review", "edit", item, "first_locality=Columbus ::: Dayton")
    world.qios("review", "approve", item)
    world.qios("promote")
    streets = [row["street_address"] for row in world.rows(LIVED.format("locality = 'Dayton'"))]
    assert streets == ["2 Oak St", "4 Ash St"]


def test_any_source_declares_what_stands_between_its_values(
    world: World, project_copy: Project
) -> None:
    key = {"source_key": "zoho_contacts", "column_name": "secondary_email"}
    project_copy.change_row("qinexus.source_columns", key, value_separator=";")
    project_copy.add_column("staging.zoho_contacts.further_values", "further_values")
    project_copy.derive()
    ended = project_copy.build(
        "qinexus__seed_source_columns", "qinexus__source_columns", "staging__zoho_contacts"
    )
    assert ended.exit_code == 0, ended.text
    columns = ("Record Id", "Last Name", "Email", "Secondary Email")
    cells = {"Last Name": "Byron", "Email": "ada@example.org"}
    for name, mails in {"one": "b@example.org;c@example.org", "two": "c@example.org"}.items():
        export = [contact(1, **cells, **{"Secondary Email": mails})]
        world.qios("ingest", world.export(f"{name}.csv", export, columns))
        live = REACHED.format("ended_at is null")
        assert values(world, live) == {"ada@example.org", *mails.split(";")}


def known(email: str) -> dict[str, str]:
    return contact(1, **{"First Name": "Ada", "Last Name": "Byron", "Email": email})


def google(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows((*row, *[""] * (len(HEADINGS) - len(row))) for row in rows)
    return path


def values(world: World, statement: str) -> set[str]:
    return {row["value"] for row in world.rows(statement)}
