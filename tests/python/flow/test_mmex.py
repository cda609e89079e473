"""Money Manager Ex: balances as in the book, nothing twice, and what is taken back ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path

from flow.world import Row, World
from mmex_book import BALANCES, PAYEES, write_book

FILE = "mmex/household.mmb"
HEADER = "ID,Date,Status,Type,Account,Payee,Category,{}Amount,Currency,Number,Notes\n"


def test_the_sample_is_what_its_builder_writes(imported: World) -> None:
    book = write_book(imported.folder / "book.mmb")
    with (
        closing(sqlite3.connect(book)) as built,
        closing(sqlite3.connect(f"file:{imported.samples / FILE}?immutable=1", uri=True)) as sample,
    ):
        assert list(built.iterdump()) == list(sample.iterdump())


def test_the_balance_of_each_account_is_the_books(imported: World) -> None:
    assert balances(imported) == {name: Decimal(value) for name, value in BALANCES.items()}
    kinds = imported.rows(
        "select account_name, account_type, currency, is_open from qilife.financial_accounts"
    )
    assert {tuple(row.values()) for row in kinds} == {
        ("Everyday", "checking", "USD", True),
        ("Wallet", "cash", "USD", True),
        ("Travel", "term", "EUR", True),
        ("Card", "credit_card", "USD", True),
        ("Old savings", "checking", "USD", False),
    }


def test_a_split_is_one_event_and_so_is_a_transfer(imported: World) -> None:
    split = event(imported, "everyday:3")
    assert (split["amount"], split["line_count"], split["category"]) == (Decimal("64.15"), 3, None)
    parts = imported.rows(
        "select category, amount from qilife.financial_event_lines"
        " where financial_event_id = %s order by line_number",
        split["id"],
    )
    assert [tuple(part.values()) for part in parts] == [
        ("Food:Groceries", Decimal("41.9")),
        ("Household", Decimal("27.25")),
        ("Household", Decimal("-5")),
    ]
    transfer = event(imported, "everyday:5")
    assert (transfer["event_type"], transfer["counter_account_name"]) == ("transfer", "Travel")
    assert (transfer["counter_amount"], transfer["counter_currency"]) == (Decimal("461.05"), "EUR")
    # Void, twice, and in the bin.
    assert not imported.rows(
        "select from qilife.financial_events where external_key ~ ':everyday:(10|11|12)$'"
    )
    assert imported.value(
        "select count(*) from core.organizations where source_system = 'money_manager_ex'"
    ) == len({"Corner Grocery", "City Power", "Larkspur Property Group", "Bahn", "Unused Shop"})


def test_what_the_book_takes_back_ends(imported: World) -> None:
    path = imported.folder / "later.mmb"
    with book_like_the_sample(imported, path) as book:
        book.execute("update CHECKINGACCOUNT_V1 set STATUS = 'V' where TRANSID = 2")
        book.execute("update CHECKINGACCOUNT_V1 set DELETEDTIME = '2026-10-01' where TRANSID = 6")
        book.execute("update CHECKINGACCOUNT_V1 set TRANSAMOUNT = 41.9 where TRANSID = 3")
        book.execute("delete from SPLITTRANSACTIONS_V1 where SPLITTRANSID > 1")
    summary = imported.json("ingest", path)
    assert summary["stage"]["rows"]["staged"] == 3
    assert event(imported, "everyday:2")["status"] == "void"
    assert event(imported, "wallet:6")["ended_at"] is not None
    (kept,) = imported.rows(
        "select line.ended_at, event.amount, event.category from qilife.financial_events as event"
        " left join qilife.financial_event_lines as line"
        " on line.financial_event_id = event.id and line.ended_at is null"
        " where event.external_key = 'money_manager_ex:everyday:3'"
    )
    assert (kept["amount"], kept["category"]) == (Decimal("41.9"), "Food:Groceries")
    moved = {"Everyday": Decimal("86.4") + Decimal("22.25"), "Wallet": Decimal("12.3")}
    expected = {name: Decimal(value) for name, value in BALANCES.items()}
    assert balances(imported) == {
        name: value + moved.get(name, 0) for name, value in expected.items()
    }


def test_the_exports_of_a_book_tell_its_transactions_and_none_twice(imported: World) -> None:
    before = balances(imported)
    events = imported.count("qilife.financial_events")
    standard = imported.folder / "standard.csv"
    standard.write_text(
        HEADER.format("") + "3,2026-09-05,,Withdrawal,Everyday,Corner Grocery,Food:Groceries,"
        "-41.90,USD,,Party\n"
        "3,2026-09-05,,Withdrawal,Everyday,Corner Grocery,Household,-27.25,USD,,Party\n"
        "3,2026-09-05,,Withdrawal,Everyday,Corner Grocery,Household,5.00,USD,,Party\n"
        "5,2026-09-08,,Transfer,Everyday,Travel,Transfer,-500.00,USD,TR-9,\n"
        "5,2026-09-08,,Transfer,Travel,Everyday,Transfer,461.05,EUR,TR-9,\n",
        encoding="utf-8",
    )
    # One account a file, and the account that a transfer came to first.
    flows = {
        "travel.csv": "5,2026-09-08,,Transfer,Travel,< Everyday,Transfer,,461.05,EUR,TR-9,\n",
        "everyday.csv": "5,2026-09-08,,Transfer,Everyday,> Travel,Transfer,,-500.00,USD,TR-9,\n"
        '99,2026-09-30,,Deposit,Everyday,Larkspur Property Group,Income,Rent,"1,200.00",USD,,\n',
    }
    imported.qios("ingest", standard)
    assert (balances(imported), imported.count("qilife.financial_events")) == (before, events)
    for name, rows in flows.items():
        path = imported.folder / name
        path.write_text(HEADER.format("SubCategory,") + rows, encoding="utf-8")
        imported.qios("ingest", path)
    assert event(imported, "everyday:99")["category"] == "Income:Rent"
    assert balances(imported) == before | {"Everyday": before["Everyday"] + 1200}
    assert imported.count("qilife.financial_events") == events + 1
    assert imported.value(
        "select count(distinct import_batch_id) from qinexus.source_entity_links where target_id ="
        " (select id from qilife.financial_events where external_key = %s)",
        "money_manager_ex:everyday:5",
    ) == len(["the book", "standard.csv", *flows])


def test_what_a_later_book_lacks_waits_for_a_person(imported: World) -> None:
    before, events = balances(imported), imported.count("qilife.financial_events")
    path = imported.folder / "later.mmb"
    with book_like_the_sample(imported, path) as book:
        book.execute("delete from CHECKINGACCOUNT_V1 where TRANSID in (3, 6, 12)")
        book.execute("delete from SPLITTRANSACTIONS_V1")
        book.execute("delete from ACCOUNTLIST_V1 where ACCOUNTNAME = 'Old savings'")
    summary = imported.json("ingest", path)["stage"]
    # Number 12 was in the bin before.
    assert [file["gone"] for file in summary["files"]] == [0, 3]
    assert summary["rows"]["staged"] == 3
    assert waiting(imported) == ["Everyday:3", "Old savings:account", "Wallet:6"]
    assert (balances(imported), imported.count("qilife.financial_events")) == (before, events)

    with book_like_the_sample(imported, path, like=path) as book:
        book.execute("update CHECKINGACCOUNT_V1 set NOTES = 'Salary' where TRANSID = 1")
    assert imported.json("ingest", path)["stage"]["rows"]["staged"] == 1
    assert len(waiting(imported)) == 3

    imported.qios("review", "approve", "--problem", "gone_from_the_book")
    imported.qios("promote")
    split, cash = event(imported, "everyday:3"), event(imported, "wallet:6")
    assert (split["status"], cash["status"]) == ("void", "void")
    assert not imported.rows(
        "select from qilife.financial_event_lines"
        " where financial_event_id = %s and ended_at is null",
        split["id"],
    )
    assert not imported.value(
        "select is_open from qilife.financial_accounts where account_name = 'Old savings'"
    )

    # A backup that still has them brings them back.
    with book_like_the_sample(imported, imported.folder / "backup.mmb") as book:
        book.execute("pragma user_version = 22")
    imported.qios("ingest", imported.folder / "backup.mmb")
    assert balances(imported) == before


def test_a_row_that_is_not_read_is_not_gone(imported: World) -> None:
    path = imported.folder / "later.mmb"
    with book_like_the_sample(imported, path) as book:
        book.execute("update CHECKINGACCOUNT_V1 set NOTES = x'ff' where TRANSID = 6")
        book.execute("update ACCOUNTLIST_V1 set ACCOUNTNAME = '4.9E+18' where ACCOUNTID = 5")
    summary = imported.json("ingest", path, exit_code=1)["stage"]
    assert (summary["rows"]["rejected"], [file["gone"] for file in summary["files"]]) == (1, [0])


def test_a_second_book_has_accounts_and_payees_of_its_own(imported: World) -> None:
    tables = ("qilife.financial_accounts", "qilife.financial_events", "core.organizations")
    before = {table: imported.count(table) for table in tables}
    sums = balances(imported)
    other = imported.folder / "business.mmb"
    write_book(other, marks=(("CREATEDATE", "2026-09-01"),))
    summary = imported.json("ingest", other)["stage"]
    assert [file["gone"] for file in summary["files"]] == [0]
    mine = {
        "qilife.financial_accounts": len(BALANCES),
        "qilife.financial_events": before["qilife.financial_events"] - invoices(imported),
        "core.organizations": len(PAYEES),
    }
    assert {table: imported.count(table) - before[table] for table in tables} == mine
    assert balances(imported) == sums
    for key in ("money_manager_ex:everyday:3", "money_manager_ex 2026-09-01:everyday:3"):
        assert imported.rows("select from qilife.financial_events where external_key = %s", key)

    # Of two books no export says which it is of.
    export = imported.folder / "standard.csv"
    export.write_text(
        HEADER.format("").replace("\n", ",Book\n")
        + "98,2026-09-30,,Deposit,Wallet,Bahn,Income,7.00,USD,,,\n"
        "99,2026-09-30,,Deposit,Wallet,Bahn,Income,5.00,USD,,,2026-09-01\n",
        encoding="utf-8",
    )
    imported.qios("ingest", export)
    assert imported.rows(
        "select external_id, problem_codes, book from staging.mmex_legs order by external_id"
    ) == [
        {"external_id": "98", "problem_codes": ["several_books:book"], "book": None},
        {"external_id": "99", "problem_codes": [], "book": "2026-09-01"},
    ]
    assert event(imported, "wallet:99", " 2026-09-01")["amount"] == Decimal("5.00")


@contextmanager
def book_like_the_sample(
    world: World, path: Path, like: Path | None = None
) -> Iterator[sqlite3.Connection]:
    """A copy of the sample, or of another book, to be changed."""
    content = (like or world.samples / FILE).read_bytes()
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as book, book:
        yield book


def waiting(world: World) -> list[str]:
    """account:number of each record that waits because its book lacks it."""
    rows = world.rows(
        "select account_name || ':' || external_id as label from staging.mmex_transactions"
        " where review_status = 'needs_review' and problem_codes = '{gone_from_the_book}'"
        " order by label"
    )
    return [row["label"] for row in rows]


def invoices(world: World) -> int:
    """The events that are of no book."""
    return world.value(
        "select count(*) from qilife.financial_events where source_system <> 'money_manager_ex'"
    )


def event(world: World, key: str, other_book: str = "") -> Row:
    (row,) = world.rows(
        "select * from qilife.financial_events where external_key = %s",
        f"money_manager_ex{other_book}:{key}",
    )
    return row


def balances(world: World) -> dict[str, Decimal]:
    """Account -> its opening balance and what flowed since."""
    rows = world.rows(
        """
        select account.account_name,
            account.opening_balance + coalesce(sum(
                case
                    when event.counter_account_entity_id = account.entity_id
                        then event.counter_amount
                    when event.direction = 'inflow' then event.amount
                    else -event.amount
                end
            ), 0) as balance
        from qilife.financial_accounts as account
        left join qilife.financial_events as event
            on event.ended_at is null and account.entity_id
            in (event.account_entity_id, event.counter_account_entity_id)
        group by account.id
        """
    )
    return {row["account_name"]: row["balance"] for row in rows}
