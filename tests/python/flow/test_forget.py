"""`qios forget` leaves nothing of a person: in rows, texts, former versions, or later imports."""

import os
import re
import signal
from pathlib import Path

import pytest

from flow.test_invoices import exported, invoices, written
from flow.world import COLUMNS, World, contact
from qios.forget.words import MARKER
from qios.server import connection

NAME = "Zebulon Quackenbush"
PLANTED = re.compile("zebulon|quackenbush|zq@|614.{0,3}555.?0199|duck lane", re.IGNORECASE)
WHY = ("--why", f"{NAME} asked for it")
PERSON = "select entity_id::text from core.people where full_name = %s"


def planted(dump: str) -> list[str]:
    return [line[:300] for line in dump.split("\n") if PLANTED.search(line)]


def contacts(world: World, name: str, **cells: str) -> None:
    """An export with the person to forget, and two others who know of it."""
    rows = [
        contact(1, **{"First Name": "Zebulon", "Last Name": "Quackenbush"})
        | {"Email": "zq@example.com", "Phone": "614-555-0199", "Mailing Street": "1 Duck Lane"}
        | cells,
        contact(2, **{"Last Name": "Lee", "Description": f"Met {NAME} twice.\nQuackenbush, Z."}),
        contact(3, **{"Last Name": "Ray", "Phone": "614-555-0103"}),
    ]
    columns = (*COLUMNS, "Description")
    world.qios("ingest", world.export(name, rows, columns))


@pytest.fixture
def known(world: World) -> str:
    """The entity of a person who is in contacts, texts, notes, captures and the journal."""
    contacts(world, "contacts_1.csv")
    contacts(world, "contacts_2.csv", Title="Plumber")
    letter = world.folder / "letter to Zebulon Quackenbush.txt"
    letter.write_text(f"Dear Mr Quackenbush!\n\n{NAME} may call (614) 555-0199.\n", "utf-8")
    table = world.folder / "guests.csv"
    table.write_text("Guest,Family,Seat\nZebulon,Quackenbush,7\nAmy,Ray,8\n", "utf-8")
    world.qios("ingest", letter, table, exit_code=1)  # nobody claims the table
    entity = world.value(PERSON, NAME)
    world.rows(
        "insert into qilife.tasks (title, assignee_entity_id) values (%s, %s), (%s, null)",
        *(f"Ask {NAME} about the tap", entity, "Pay Zebulon, who waits"),
    )
    world.rows("insert into core.notes (entity_id, body) values (%s, 'Likes ducks.')", entity)
    world.rows(
        "insert into qiaccess.capture_events (channel, content_text, payload)"
        " values ('typed', %s, %s)",
        *("call QUACKENBUSH, ZEBULON", '{"from": "zq@example.com"}'),
    )
    world.rows(
        "insert into qiaccess.classification_queue (target_schema, target_table, target_id,"
        " proposed_action, candidate_entity_id, waiting_reason, explanation)"
        " select 'core', 'entities', id, 'match', %s, 'duplicate_candidate', %s"
        " from core.entities where display_name = 'Lee'",
        *(entity, '[{"field": "family_name", "left": "lee", "right": "quackenbush"}]'),
    )
    person = world.value("select id::text from core.people where full_name = %s", NAME)
    world.qios("correct", "core.people", person, "nickname=Zeb", *WHY)
    return entity


def test_nothing_of_a_forgotten_person_is_left(world: World, known: str) -> None:
    assert "--yes" in world.qios("forget", known, *WHY, exit_code=2).stderr
    before = world.content()
    with connection.connect() as database:  # killed while it waits for a table it needs
        database.execute("lock table qinexus.extracted_text in exclusive mode")
        running = world.start("forget", known, *WHY, "--yes")
        world.wait_for(running, "select exists (select from pg_locks where not granted)")
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    assert world.content() == before

    told = world.json("forget", known, *WHY, "--yes", exit_code=1)
    assert told["entities"] == [known]
    assert told["deleted"]["core.people"] == told["deleted"]["core.notes"] == 1
    assert told["emptied"] == {"staging.zoho_contacts_raw": 2}
    files = {file["path"].rpartition("/")[2]: file for file in told["files"]}
    assert sorted(files) == [
        *("contacts_1.csv", "contacts_2.csv", "guests.csv"),
        "letter to Zebulon Quackenbush.txt",
    ]
    assert files["contacts_1.csv"]["rows"] == [1, 2]
    # One word of the name alone may be anybody's: it is shown, and taken out when that is wanted.
    (left,) = told["left"]
    assert (left["table"], left["column"], left["rows"]) == ("qilife.tasks", "title", 1)
    rest = planted(world.dump())
    assert len(rest) == 1
    assert "who waits" in rest[0]

    # What others own is still there, without the person.
    assert world.count("core.people") == 2
    tasks = world.rows("select title, assignee_entity_id from qilife.tasks order by title")
    assert tasks[0] == {"title": f"Ask {MARKER} about the tap", "assignee_entity_id": None}
    others = "select description from core.entities where description is not null"
    assert world.value(others).startswith(f"Met {MARKER} twice.")
    proof = world.rows(
        "select actor, row_count, reason, before_image, after_image from core.audit_events"
        " where action = 'forget' and after_image is not null"
    )
    assert len(proof) == 1
    assert proof[0]["reason"] == f"{MARKER} asked for it"
    assert proof[0]["after_image"]["entities"] == [known]
    assert proof[0]["after_image"]["deleted"] == told["deleted"]
    asked = (
        "select status, explanation from qiaccess.classification_queue"
        " where target_table = 'entities'"
    )
    assert world.rows(asked) == [{"status": "withdrawn", "explanation": None}]
    dangling = (
        "select count(*) from qinexus.source_values as word where target_table = 'people'"
        " and not exists (select from core.people where id = word.id)"
    )
    assert world.value(dangling) == 0

    # The same rows, and newer ones, do not bring the person back.
    contacts(world, "contacts_3.csv", Title="Plumber")
    contacts(world, "contacts_4.csv", Title="Chief plumber")
    world.qios("register", world.folder)
    assert world.count("core.people") == 2
    by_status = "select count(*) from staging.zoho_contacts_raw where review_status = 'forgotten'"
    assert world.value(by_status) == 3  # what equals an earlier row is not staged again
    for line in planted(world.dump()):
        # The word that was left, and what the newer export says of others.
        assert re.search("who waits|Met |/letter", line), line


def google(world: World, name: str, *people: tuple[str, str, str, str]) -> Path:
    """An export of Google Contacts: (given name, family name, address, notes) of each."""
    columns = ("First Name", "Last Name", "E-mail 1 - Value", "Notes")
    return world.export(name, [dict(zip(columns, row, strict=True)) for row in people], columns)


def test_other_spellings_go_and_what_waits_still_waits(world: World) -> None:
    accented = {"First Name": "Zoë", "Last Name": "Kowalczyková", "Email": "zk@example.com"}
    told = (
        "zoe kowalczykova; KOWALCZYKOVÁ ZOË; Zoe\u0308 Kowalczykova\u0301;"
        " https://example.org/?q=Zo%C3%AB+Kowalczykov%C3%A1&to=zk%40example.com"
    )
    rows = [contact(1, **accented), contact(2, **{"Last Name": "Lee", "Description": told})]
    world.qios("ingest", world.export("contacts.csv", rows, (*COLUMNS, "Description")))
    known = ("Zoë", "Kowalczyková", "zk@example.com", "Plays the zither.")
    same_name = ("Zoe", "Kowalczykova", "", "")
    world.qios("ingest", google(world, "google.csv", known, same_name))
    (item,) = world.json("review", "list")["rows"]
    entity = world.value("select min(entity_id::text) from core.people where full_name like 'Zo%%'")
    world.qios("forget", entity, *WHY, "--yes")
    left = re.compile(r"zo[eë]|kowalcz|zk(@|%40)|zither", re.IGNORECASE)
    assert not [line[:300] for line in world.dump().split("\n") if left.search(line)]
    (waiting,) = world.json("review", "list")["rows"]
    assert waiting["item_id"] == item["item_id"]


def test_who_comes_in_again_under_another_key_is_known(world: World) -> None:
    """Google Contacts has no ids: a new address is a new key."""
    zebulon = ("Zebulon", "Quackenbush", "zq@example.com", "")
    amy = ("Amy", "Ray", "amy@example.com", "")
    world.qios("ingest", google(world, "google_1.csv", zebulon, amy))
    world.qios("forget", world.value(PERSON, NAME), *WHY, "--yes")
    rows = [
        ("Zebulon", "Quackenbush", "new@example.com ::: ZQ@example.com", "name and address"),
        ("QUACKENBUSH", "ZEBULON", "other@example.com", "may be a namesake"),
        ("Zed", "Quick", "zq@example.com", "may share the address"),
        ("Amy", "Ray", "amy@example.com", f"knows {NAME} (zq@example.com)"),
    ]
    world.qios("ingest", google(world, "google_2.csv", *rows))
    contacts = world.rows(
        "select row_number, review_status, problem_codes, raw_payload::text as said"
        " from staging.google_contacts_raw where not exists ("
        " select from qinexus.import_batches where id = import_batch_id and row_count = 2)"
        " order by row_number"
    )
    assert [(row["review_status"], row["problem_codes"]) for row in contacts] == [
        ("forgotten", None),
        ("needs_review", ["forgotten"]),
        ("needs_review", ["forgotten"]),
        ("promoted", None),
    ]
    assert contacts[0]["said"] == "{}"
    described = "select description from core.entities where display_name = 'Amy Ray'"
    assert world.value(described) == f"knows {MARKER} ({MARKER})"

    # A person lets the one pass, and knows the other again; both answers hold.
    namesake, same = (row["item_id"] for row in world.json("review", "list")["rows"])
    world.qios("review", "approve", namesake, *WHY)
    world.qios("promote")
    world.qios("forget", same, *WHY, "--yes")
    rows[1:3] = [(*rows[1][:3], "is a namesake"), (*rows[2][:3], "comes again")]
    world.qios("ingest", google(world, "google_3.csv", *rows))
    assert world.json("review", "list")["rows"] == []
    names = world.rows("select full_name from core.people order by 1")
    assert [row["full_name"] for row in names] == ["Amy Ray", "QUACKENBUSH ZEBULON"]


def test_who_was_one_with_the_person_for_a_while_keeps_what_is_theirs(world: World) -> None:
    rows = [
        contact(1, **{"First Name": "Zebulon", "Last Name": "Quackenbush", "Email": "zq@x.org"}),
        contact(2, **{"Last Name": "Lee", "Email": "lee@x.org", "Phone": "614-555-0104"}),
    ]
    world.qios("ingest", world.export("contacts.csv", rows))
    known = world.value(PERSON, NAME)
    lee = world.value(PERSON, "Lee")
    world.qios("review", "merge", known, lee, *WHY)
    world.qios("review", "split", lee, *WHY)
    for words, about in (("headache since yesterday", known), ("lee has a cough", lee)):
        item = world.json("capture", words, "--about", about)["classification_queue_id"]
        world.qios("handoff", item, *WHY)
    world.qios("capture", "fever of 41", "--about", known)
    told = world.json("forget", known, *WHY, "--yes", exit_code=1)
    assert {other["shares"] for other in told["others"]} == {"lee@x.org", "+16145550104"}
    theirs = "select value from core.identifiers order by 1"
    assert [row["value"] for row in world.rows(theirs)] == ["+16145550104", "lee@x.org"]
    lees = "select raw_payload ->> 'Email' from staging.zoho_contacts_raw where row_number = 2"
    assert world.value(lees) == "lee@x.org"

    # What was captured about the person is gone, from the journal too, and nothing else.
    assert world.value("select count(*) from qilife.symptoms") == 1
    dump = world.dump()
    assert "cough" in dump
    assert "headache" not in dump
    assert "fever of 41" not in dump
    again = world.qios("forget", known, *WHY, "--yes", exit_code=2)
    assert "forgotten already" in again.stderr


def test_a_namesake_keeps_the_name_and_everywhere_goes_further(world: World) -> None:
    rows = [
        contact(1, **{"First Name": "Ann", "Last Name": "Quackenbush", "Phone": "614-555-0103"}),
        contact(2, **{"First Name": "Bob", "Last Name": "Quackenbush", "Phone": "614-555-0103"}),
        contact(3, **{"First Name": "Zebulon", "Last Name": "Ray", "Email": "zr@example.com"}),
        contact(4, **{"First Name": "Zebulon", "Last Name": "Ray"}),
    ]
    world.qios("ingest", world.export("contacts.csv", rows))
    world.qios("review", "approve", "--reason", "duplicate_candidate", "--as-new")
    world.qios("promote")  # the second Zebulon Ray is a person of his own
    world.rows(
        "insert into qilife.tasks (title) values ('Ann Quackenbush and Bob Quackenbush'),"
        " ('Mail zr@example.com'), ('Zebulon Ray'), ('Annual report, Anna, Ann')"
    )
    ann = world.value(PERSON, "Ann Quackenbush")
    told = world.json("forget", ann, *WHY, "--yes", "--everywhere", exit_code=1)
    assert [other["display_name"] for other in told["others"]] == ["Bob Quackenbush"]
    titles = [row["title"] for row in world.rows("select title from qilife.tasks order by 1")]
    assert f"{MARKER} and Bob Quackenbush" in titles
    assert world.value("select count(*) from core.identifiers where value = '+16145550103'") == 1
    zebulon = world.value(
        "select entity_id::text from core.identifiers where value = 'zr@example.com'"
    )
    told = world.json("forget", zebulon, *WHY, "--yes", exit_code=1)
    assert [other["shares"] for other in told["others"]] == ["Zebulon Ray"]
    titles = [row["title"] for row in world.rows("select title from qilife.tasks order by 1")]
    assert f"Mail {MARKER}" in titles
    assert "Zebulon Ray" in titles
    organization = (
        "insert into core.entities (entity_type, display_name) values (%s, %s) returning id"
    )
    it = str(world.value(organization, "organization", "Duck Ltd"))
    assert "not a person" in world.qios("forget", it, *WHY, "--yes", exit_code=2).stderr


def test_an_invoice_loses_only_its_customer(imported: World) -> None:
    """Whom contacts and invoices know is two entities, with one name and address."""
    both = [
        row["entity_id"]
        for row in imported.rows(
            "select entity_id::text from core.people where full_name = 'Jo Homeowner'"
        )
    ]
    assert len(both) == 2
    before = {row["invoice_number"]: row["amount"] for row in invoices(imported)}
    told = imported.json("forget", *both, *WHY, "--yes")
    assert told["emptied"] == {"staging.zoho_contacts_raw": 1, "staging.zoho_invoices_raw": 3}
    assert "homeowner" not in imported.dump().lower()
    after = {row["invoice_number"]: row for row in invoices(imported)}
    assert {number: row["amount"] for number, row in after.items()} == before
    assert after["INV-000102"]["counterparty_entity_id"] is None
    assert after["INV-000102"]["counterparty_name"] == MARKER

    # What a later export says of the invoice waits for a person, and brings no reference back.
    later = exported(imported)
    for row in later:
        row["Notes"] += "."
    imported.qios("ingest", written(imported, "later.csv", later))
    waiting = imported.json("review", "list", "--problem", "forgotten")["rows"]
    assert sorted(row["row_number"] for row in waiting) == [4, 5, 8]
    assert "homeowner" not in imported.dump().lower()
    imported.qios("validate", "--batch", waiting[0]["import_batch_id"])
    imported.qios("review", "approve", "--problem", "forgotten")
    imported.qios("promote")
    assert "homeowner" not in imported.dump().lower()
    held = "select count(*) from core.entities where id = any(%s::uuid[])"
    assert imported.value(held, both) == 0
    events = {row["invoice_number"]: row for row in invoices(imported)}
    assert events["INV-000102"]["counterparty_entity_id"] is None
    assert events["INV-000102"]["counterparty_name"] == MARKER
    nobody = "select count(*) from core.entities where display_name like '%[forgotten]%'"
    assert imported.value(nobody) == 0
