"""Validation end to end: rows and batches judged, drift told, refused rows dismissed."""

from pathlib import Path

import pytest

from flow.world import World, contact
from projects import Project
from qios.server import connection

OWN_RULE = {
    "source_key": "zoho_contacts",
    "expectation_key": "nobody_can_be_reached",
    "applies_to": "batch",
    "rule": "bool_or(email is not null)",
    "description": "Some contact has an e-mail address.",
}


@pytest.fixture
def world(built: connection.Settings, project_copy: Project, tmp_path: Path) -> World:
    """A fresh database, and a project in which a source has a rule about whole batches."""
    project_copy.add_row("qinexus.source_expectations", **OWN_RULE)
    project_copy.derive()
    folder = tmp_path / "exports"
    folder.mkdir()
    return World(project_copy.root, folder)


def test_rows_and_batches_are_judged(world: World) -> None:
    home = world.folder / "home"
    home.mkdir()
    before = {path.name for path in world.project.iterdir()}
    # A reading that is wrong, which the typed view cannot know.
    world.rows(
        "insert into qinexus.normalized_values"
        " (canonical_format, region, raw_value, canonical_value) values ('e164', 'US', %s, %s)",
        *("212 555 0199", "12125550199"),
    )
    columns = ("Record Id", "Last Name", "Email", "Phone", "Date of Birth")
    good = world.export(
        "good.csv",
        [
            contact(1, **{"Last Name": "Lind", "Email": "lind@example.com"}),
            contact(2, **{"Last Name": "Unborn", "Date of Birth": "2999-01-01"}),
            contact(3, **{"Last Name": "Moss", "Phone": "212 555 0199"}),
        ],
        columns,
    )
    world.qios("ingest", good, HOME=str(home))
    rows = (
        "select row_number, review_status, review_reason from staging.zoho_contacts_raw order by 1"
    )
    assert [tuple(row.values()) for row in world.rows(rows)] == [
        (1, "promoted", "every value could be read"),
        (2, "needs_review", "has problems"),
        (3, "needs_review", "has problems"),
    ]
    for code, number in (("birth_date_in_the_future", 2), ("not_canonical:phone", 3)):
        (listed,) = world.json("review", "list", "--problem", code)["rows"]
        assert (listed["row_number"], listed["problem_codes"]) == (number, [code])

    # Of the next export nobody can be reached, and its header is another.
    bad = world.folder / "bad.csv"
    bad.write_text(
        "Contact Id,Last Name,Email,Phone,Pet\nzcrm_7,Reed,,,cat\n"
        "zcrm_8,a,b,c,d,e\nzcrm_9,f,g,h,i,j\n",
        encoding="utf-8",
    )
    world.qios("register", bad)
    (staged,) = world.json("stage", exit_code=1)["files"]
    assert staged["drift"] == {
        "new": ["Pet"],
        "gone": ["Date of Birth"],
        "renamed": [["Record Id", "Contact Id"]],
        "reordered": False,
    }
    judged = world.json("validate", "--open", exit_code=1, BROWSER="/bin/true", HOME=str(home))
    verdicts = {Path(batch["path"]).name: batch for batch in judged["batches"]}
    assert judged["validated"] == 1
    assert (verdicts["good.csv"]["verdict"], verdicts["bad.csv"]["verdict"]) == (
        "has_problems",
        "failed",
    )
    assert verdicts["good.csv"]["broken"] == ["not_canonical:phone", "birth_date_in_the_future"]
    assert verdicts["bad.csv"]["broken"] == ["nobody_can_be_reached"]
    (reed,) = world.json("review", "list", "--problem", "nobody_can_be_reached")["rows"]
    assert (reed["display_name"], reed["review_status"]) == ("Reed", "needs_review")
    assert world.json("promote")["promoted"] == 0
    jobs = world.rows(
        "select exit_code from qinexus.ingestion_jobs where job_type = 'validate'"
        " order by started_at"
    )
    assert [row["exit_code"] for row in jobs] == [0, 1]

    # What rows come to together is found in another view, and falls back on them.
    invoices = world.folder / "invoices.csv"
    heading = "Invoice ID,Invoice Number,Invoice Status,Customer Name,Invoice Date,Adjustment"
    invoices.write_text(
        f"{heading},Total,Item Name,Item Total\n"
        "71,A-1,Sent,Moss Ltd,2026-07-16,1.00,31.00,a,10.00\n"
        "71,A-1,Sent,Moss Ltd,2026-07-16,1.00,31.00,b,20.00\n"
        "72,A-2,Sent,Moss Ltd,2026-07-16,0.00,99.00,c,10.00\n",
        encoding="utf-8",
    )
    heading = "ID,Date,Status,Type,Account,Payee,Category,Amount,Currency,Number,Notes\n"
    leg = "7,2026-07-16,,Transfer,{},{},Transfer,{},EUR,,\n"
    books = []
    for name, amounts in (("book.csv", ("0.00", "0.00")), ("other.csv", ("-5.00", "5.00"))):
        books.append(world.folder / name)
        legs = leg.format("Cash", name, amounts[0]) + leg.format(name, "Cash", amounts[1])
        books[-1].write_text(heading + legs, encoding="utf-8")
    world.qios("register", invoices, *books)
    world.qios("stage", invoices, *books)
    found = world.json("validate", exit_code=1)["batches"]
    assert {
        Path(batch["path"]).name: (batch["verdict"], batch["broken"]) for batch in found[-3:]
    } == {
        "invoices.csv": ("has_problems", ["lines_do_not_add_up"]),
        "book.csv": ("failed", ["all_amounts_zero"]),
        "other.csv": ("passed", []),
    }
    (listed,) = world.json("review", "list", "--problem", "lines_do_not_add_up")["rows"]
    assert (listed["row_number"], listed["review_status"]) == (3, "needs_review")

    # Neither pages nor verdicts hold a cell, and the library left nothing where it ran.
    pages = "".join(page.read_text() for page in Path(judged["page"]).parent.glob("*.html"))
    told = pages + str(world.rows("select stats::text from qinexus.import_batches"))
    assert "nobody_can_be_reached" in told
    assert not any(
        word in told for word in ("Lind", "Unborn", "212 555", "2125550199", "2999-01", "Reed")
    )
    assert {path.name for path in world.project.iterdir()} - before <= {"logs", "target"}
    assert not list(home.iterdir())

    # A refused row that nobody wants does not wait, and is not read again.
    assert world.json("review", "list")["refused"] == 2
    dismissed = world.json("review", "dismiss", "--rows", "2", "--why", "twice", QIOS_USER="ana")
    assert dismissed["dismissed"] == 1
    assert world.json("review", "list")["refused"] == 1
    assert world.json("stage", "--retry", exit_code=1)["rows"]["read"] == 1
    kept = world.rows("select * from staging.import_rows where row_number = 2")[0]
    assert (kept["review_status"], kept["reviewed_by"], kept["review_reason"]) == (
        "rejected",
        "ana",
        "twice",
    )
    # Judged once more on demand.
    batch = str(verdicts["good.csv"]["batch_id"])[:8]
    assert world.json("validate", "--batch", batch)["batches"][0]["verdict"] == "has_problems"
