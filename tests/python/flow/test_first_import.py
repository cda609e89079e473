"""`qios ingest samples`: every value arrives, every row can be traced, no secret is kept."""

import csv
import json
import os
import re
from pathlib import Path

import pytest
from psycopg import sql

from flow.conftest import Imported
from flow.world import Row, World, identifier

FILE = "zoho/Contacts_2026_10_01.csv"
SECRET_HEADINGS = ("Portal Password", "Primary S.S Number")
PERSON = {
    "given_name": "First Name",
    "family_name": "Last Name",
    "job_title": "Title",
    "department": "Department",
    "honorific_prefix": "Salutation",
    "birth_date": "Date of Birth",
}
IDENTIFIERS = {
    "email": "Email",
    "secondary email": "Secondary Email",
    "phone": "Phone",
    "home phone": "Home Phone",
    "other phone": "Other Phone",
    "mobile": "Mobile",
    "assistant phone": "Asst Phone",
    "fax": "Fax",
}
ADDRESS = {
    "street_address": "Street",
    "locality": "City",
    "region": "State",
    "postal_code": "Zip",
    "country": "Country",
}


@pytest.fixture
def cells(imported: World) -> dict[str, Row]:
    """Digits of the contact's id -> its row of the sample file, with its number as `row`."""
    with (imported.samples / FILE).open(encoding="utf-8", newline="") as stream:
        rows = [row | {"row": number} for number, row in enumerate(csv.DictReader(stream), 1)]
    return {row["Record Id"].removeprefix("zcrm_"): row for row in rows}


@pytest.fixture
def people(imported: World) -> dict[str, Row]:
    """Digits of the contact's id -> the person that is known by it."""
    rows = imported.rows(
        """
        select known.external_id, people.*
        from qiconnect.external_ids as known
        inner join qiconnect.providers on providers.id = known.provider_id
        inner join core.people on people.entity_id = known.entity_id
        where providers.provider_key = 'zoho' and known.external_type = 'contact'
        """
    )
    return {row["external_id"]: row for row in rows}


def test_every_contact_is_a_person_with_the_values_of_its_cells(
    cells: dict[str, Row], people: dict[str, Row]
) -> None:
    assert len(cells) == 41
    said = {
        number: {name: row[head] for name, head in PERSON.items()} for number, row in cells.items()
    }
    kept = {
        number: {name: str(row[name] or "") for name in PERSON} for number, row in people.items()
    }
    assert kept == said


def test_every_address_of_mail_or_telephone_is_kept_raw_and_canonical(
    imported: World, cells: dict[str, Row], people: dict[str, Row]
) -> None:
    rows = imported.rows(
        """
        select entity_id, label, value, raw_value, ended_at from core.identifiers
        where source_system = 'zoho_contacts'
        """
    )
    kept = {(row["entity_id"], row["label"]): row for row in rows}
    said = {
        (people[number]["entity_id"], label): row[heading]
        for number, row in cells.items()
        for label, heading in IDENTIFIERS.items()
        if row[heading]
    }
    assert {slot: row["raw_value"] for slot, row in kept.items()} == said
    for row in rows:
        expected = row["raw_value"] if "@" in row["raw_value"] else e164(row["raw_value"])
        assert row["value"] == expected
        assert row["ended_at"] is None


def e164(raw: str) -> str:
    """The telephone numbers of the samples, all of the United States where no + stands."""
    digits = re.sub(r"\D", "", raw.split("ext")[0])
    return f"+{digits}" if raw.startswith("+") else f"+1{digits[-10:]}"


def test_every_address_is_a_location(
    imported: World, cells: dict[str, Row], people: dict[str, Row]
) -> None:
    rows = imported.rows("select * from core.locations where source_system = 'zoho_contacts'")
    kept = {
        (row["entity_id"], row["location_type"]): [row[name] or "" for name in ADDRESS]
        for row in rows
    }
    said = {
        (people[number]["entity_id"], kind): [
            row[f"{kind.title()} {head}"] for head in ADDRESS.values()
        ]
        for number, row in cells.items()
        for kind in ("mailing", "other")
    }
    assert kept == {slot: address for slot, address in said.items() if any(address)}


def test_every_organization_is_linked_by_its_id(
    imported: World, cells: dict[str, Row], people: dict[str, Row]
) -> None:
    rows = imported.rows(
        """
        select works.source_entity_id as person, organization.name, known.external_id
        from core.relationships as works
        inner join core.organizations as organization
            on organization.entity_id = works.target_entity_id
        left join qiconnect.external_ids as known
            on known.entity_id = organization.entity_id
        where works.relationship_type = 'works_for' and works.source_system = 'zoho_contacts'
        """
    )
    kept = {row["person"]: (row["external_id"] or "", row["name"]) for row in rows}
    assert kept == {
        people[number]["entity_id"]: (
            row["Account Name.id"].removeprefix("zcrm_"),
            row["Account Name"],
        )
        for number, row in cells.items()
        if row["Account Name"]
    }


def test_one_join_leads_from_a_row_to_file_batch_and_row_number(
    imported: World, cells: dict[str, Row], people: dict[str, Row]
) -> None:
    rows = imported.rows(
        """
        select people.id, file.path, batch.status, link.row_number
        from core.people
        inner join qinexus.source_entity_links as link on link.target_id = people.id
        inner join qinexus.files as file on file.id = link.source_file_id
        inner join qinexus.import_batches as batch on batch.id = link.import_batch_id
        where people.source_system = 'zoho_contacts'
        """
    )
    assert {row["id"]: (row["path"], row["status"], row["row_number"]) for row in rows} == {
        person["id"]: (str(imported.samples / FILE), "promoted", cells[number]["row"])
        for number, person in people.items()
    }


WITHOUT_LINK = sql.SQL(
    """
    select target.id from {} as target
    where target.source_system = 'zoho_contacts' and not exists (
        select from qinexus.source_entity_links as link
        inner join staging.zoho_contacts_raw as row
            on row.import_batch_id = link.import_batch_id and row.row_number = link.row_number
        where link.target_id = target.id
            and link.target_schema = %s and link.target_table = %s
            and link.source_file_id = target.source_file_id
            and link.import_batch_id = target.import_batch_id
    )
    """
)


@pytest.mark.parametrize(
    "table",
    [
        *("core.entities", "core.people", "core.organizations", "core.locations"),
        *("core.identifiers", "core.relationships", "qiconnect.external_ids"),
    ],
)
def test_no_promoted_row_is_without_a_link(imported: World, table: str) -> None:
    assert imported.count(table) > 0
    assert not imported.rows(WITHOUT_LINK.format(identifier(table)), *table.split("."))


def test_secrets_are_nowhere(
    imported: World, first_import: Imported, cells: dict[str, Row]
) -> None:
    secrets = {row[heading] for row in cells.values() for heading in SECRET_HEADINGS} - {""}
    # A piece of a secret is enough: quotes and commas are written differently everywhere.
    needles = {max(re.split(r"[\",]+", secret), key=len) for secret in secrets}
    assert len(needles) == 5
    texts = [imported.dump(), first_import.stdout, first_import.stderr]
    folders = [
        imported.project / "logs",
        imported.project / "target",
        Path(os.environ["QIOS_HOME"]),
    ]
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and "binaries-" not in str(path):
            texts.append(path.read_bytes().decode("latin-1"))
    assert any("dbt build" in text for text in texts), "the log of dbt is not among the files"
    for text in texts:
        assert not [needle for needle in needles if needle in text]
    marked = imported.value(
        """
        select count(*) from staging.zoho_contacts_raw
        where starts_with(raw_payload ->> 'Portal Password', '[secret removed: password #')
        """
    )
    assert marked == 3


def test_the_summary_adds_up(imported: World, first_import: Imported) -> None:
    summary = json.loads(first_import.stdout)
    assert summary["exit_code"] == 0
    for rows in [summary["stage"]["rows"], *(file["rows"] for file in summary["stage"]["files"])]:
        assert rows["read"] == rows["staged"] + rows["rejected"] + rows["repeated"]
    (contacts,) = (file for file in summary["stage"]["files"] if file["path"].endswith(FILE))
    assert contacts["rows"] == {"read": 41, "staged": 41, "rejected": 0, "repeated": 0}
    held = sum(file["rows"]["staged"] for file in summary["stage"]["files"] if file["quarantined"])
    assert summary["promote"]["promoted"] + held == summary["stage"]["rows"]["staged"]
    for table, counted in summary["promote"]["tables"].items():
        assert counted["updated"] == 0
        assert imported.count(table) == counted["inserted"]
