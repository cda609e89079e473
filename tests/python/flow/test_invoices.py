"""Invoices: totals as the file has them, drafts and voids none, and what a later export changes."""

import csv
from decimal import Decimal
from itertools import chain
from pathlib import Path

from flow.world import Row, World

FILE = "zoho/Invoice_2026_10_01.csv"
NO_EVENT = ("Draft", "Void")


def test_an_invoice_is_one_event_with_its_lines(imported: World) -> None:
    rows = exported(imported)
    assert len(rows) == 12
    events = {row["invoice_number"]: row for row in invoices(imported)}
    live = {row["Invoice Number"] for row in rows if row["Invoice Status"] not in NO_EVENT}
    assert events.keys() == live

    for number, event in events.items():
        said = [row for row in rows if row["Invoice Number"] == number]
        assert event["amount"] == Decimal(said[0]["Total"])
        assert event["open_amount"] == Decimal(said[0]["Balance"])
        assert (event["currency"], event["direction"]) == (said[0]["Currency Code"], "inflow")
        assert str(event["occurred_on"]) == said[0]["Invoice Date"]
        kept = [(line["item_name"], line["amount"]) for line in lines(imported, number)]
        assert kept == [(row["Item Name"], Decimal(row["Item Total"])) for row in said]
    statuses = {number: event["status"] for number, event in events.items()}
    assert statuses == {
        "INV-000101": "paid",
        "INV-000102": "overdue",
        "INV-000103": "issued",
        "INV-000106": "paid",
    }
    assert imported.value(
        "select bool_and(difference = 0 and lines_staged = line_count)"
        " from staging.zoho_invoice_totals"
    )
    assert imported.value(
        "select sum(amount) from qilife.financial_events"
        " where event_type = 'invoice' and currency = 'USD'"
    ) == Decimal("4994.00")


def test_a_customer_is_a_person_or_an_organization(imported: World) -> None:
    rows = imported.rows(
        """
        select entity.entity_type, coalesce(person.full_name, organization.name) as name,
            known.external_id, address.locality,
            array(
                select value from core.identifiers as identifier
                where identifier.entity_id = entity.id order by 1
            ) as reached_by
        from core.entities as entity
        left join core.people as person on person.entity_id = entity.id
        left join core.organizations as organization on organization.entity_id = entity.id
        left join qiconnect.external_ids as known
            on known.entity_id = entity.id and known.external_type = 'customer'
        left join core.locations as address on address.entity_id = entity.id
        where entity.source_system = 'zoho_invoices' order by name
        """
    )
    assert [tuple(row.values()) for row in rows] == [
        ("person", "Jo Homeowner", "5514002000000710018", "Columbus",
         ["+16145550300", "jo.homeowner@example.com"]),
        ("organization", "Larkspur Property Group LLC", "5514002000000710004", "Columbus",
         ["+16145550100", "accounts@larkspur.example.com"]),
        ("organization", "Vogel & Söhne GmbH", "5514002000000710027", "Köln",
         ["+492215550199", "buchhaltung@vogel.example.com"]),
    ]  # fmt: skip


def test_every_event_and_line_leads_to_its_rows(imported: World) -> None:
    rows = imported.rows(
        """
        select target_table, array_agg(row_number order by row_number) as rows
        from qinexus.source_entity_links
        where source_system = 'zoho_invoices' and target_schema = 'qilife'
        group by target_table, target_id order by 1, 2
        """
    )
    found = [(row["target_table"], row["rows"]) for row in rows]
    live = [number for number in range(1, 13) if number not in (8, 9, 10)]
    assert found == [
        *(("financial_event_lines", [number]) for number in live),
        *(("financial_events", event) for event in ([1, 2, 3], [4, 5], [6, 7], [11, 12])),
    ]


def test_what_a_later_export_takes_back_ends(imported: World) -> None:
    rows = exported(imported)
    by_number: dict[str, list[Row]] = {}
    for row in rows:
        by_number.setdefault(row["Invoice Number"], []).append(row)
    # One loses its middle line, one is voided, one is sent at last.
    del by_number["INV-000101"][1]
    for row in by_number["INV-000101"]:
        row["Total"], row["SubTotal"] = "1829.80", "1710.00"
    for row in by_number["INV-000103"]:
        row["Invoice Status"] = "Void"
    by_number["INV-000104"][0]["Invoice Status"] = "Sent"
    imported.qios(
        "ingest", written(imported, "second.csv", [*chain.from_iterable(by_number.values())])
    )

    events = {row["invoice_number"]: row for row in invoices(imported, ended=True)}
    assert events["INV-000101"]["amount"] == Decimal("1829.80")
    kept = lines(imported, "INV-000101")
    assert [(line["line_number"], line["item_name"]) for line in kept] == [
        (1, "Sealcoating"),
        (2, "Striping"),
    ]
    assert (events["INV-000103"]["status"], events["INV-000103"]["amount"]) == ("void", 2400)
    assert events["INV-000103"]["ended_at"] is not None
    assert lines(imported, "INV-000103") == []
    assert (events["INV-000104"]["status"], events["INV-000104"]["ended_at"]) == ("issued", None)
    assert "INV-000105" not in events

    # And back again.
    again = exported(imported)
    again[0]["Notes"] = "Paid by cheque"  # the bytes of a file that is known are nothing new
    imported.qios("ingest", written(imported, "third.csv", again))
    events = {row["invoice_number"]: row for row in invoices(imported, ended=True)}
    assert (events["INV-000103"]["status"], events["INV-000103"]["ended_at"]) == ("issued", None)
    assert len(lines(imported, "INV-000103")) == 2
    assert [line["item_name"] for line in lines(imported, "INV-000101")] == [
        *("Sealcoating", "Sealcoating", "Striping"),
    ]


def test_an_export_of_few_columns_in_another_order(imported: World) -> None:
    trimmed = {
        "Total": "$1,250.50",
        "CF.Region": "East",
        "Customer Name": "Ada Example",
        "Invoice#": "T-1",
        "Status": "PAID",
        "Item Total": "1,250.50",
        "Date": "10/05/2026",
        "Item Name": "Survey",
        "Qty": "2",
        "Customer Number": "C-9",
    }
    imported.qios("ingest", written(imported, "trimmed.csv", [trimmed]))
    (event,) = [row for row in invoices(imported) if row["invoice_number"] == "T-1"]
    assert (event["amount"], event["currency"], event["status"]) == (
        Decimal("1250.50"),
        "USD",
        "paid",
    )
    assert [line["quantity"] for line in lines(imported, "T-1")] == [2]


def exported(world: World) -> list[Row]:
    with (world.samples / FILE).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def written(world: World, name: str, rows: list[Row]) -> Path:
    return world.export(name, rows, rows[0])


def invoices(world: World, *, ended: bool = False) -> list[Row]:
    return world.rows(
        "select * from qilife.financial_events"
        " where event_type = 'invoice' and (%s or ended_at is null) order by invoice_number",
        ended,
    )


def lines(world: World, number: str) -> list[Row]:
    """The lines of an invoice that have not ended."""
    return world.rows(
        """
        select line.* from qilife.financial_event_lines as line
        inner join qilife.financial_events as event on event.id = line.financial_event_id
        where event.invoice_number = %s and line.ended_at is null order by line.line_number
        """,
        number,
    )
