"""Money Manager Ex: balances as in the book, nothing twice, and what is taken back ends."""

import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal

from flow.world import Row, World
from mmex_book import BALANCES, write_book

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
    shutil.copy(imported.samples / FILE, path)
    with closing(sqlite3.connect(path)) as book, book:
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


def event(world: World, key: str) -> Row:
    (row,) = world.rows(
        "select * from qilife.financial_events where external_key = %s", f"money_manager_ex:{key}"
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
