"""A made-up Money Manager Ex book, as the program's own database: schema 21 or that of 2018.

`python tests/python/mmex_book.py FILE` writes the sample.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

Marks = tuple[tuple[str, str], ...]

# name, type, status, bank, opening balance, currency
ACCOUNTS = (
    ("Everyday", "Checking", "Open", "First Example Bank", 1250.0, 1),
    ("Wallet", "Cash", "Open", "", 80, 1),
    ("Travel", "Term", "Open", "Beispielbank", 300.25, 2),
    ("Card", "Credit Card", "Open", "First Example Bank", -200.5, 1),
    ("Old savings", "Checking", "Closed", "", 0, 1),
)
MARKS = (("MMEXVERSION", "1.9.0"), ("CREATEDATE", "2026-08-30"), ("UID", "x11_20260830081523417"))
CURRENCIES = (("US DOLLAR", "USD"), ("EURO", "EUR"))
PAYEES = ("Corner Grocery", "City Power", "Larkspur Property Group", "Bahn", "Unused Shop")
# name, parent
CATEGORIES = (
    *(("Food", -1), ("Groceries", 1), ("Household", -1), ("Bills", -1), ("Electricity", 4)),
    *(("Income", -1), ("Transport", -1), ("Transfer", -1)),
)
# account, other account, payee, code, amount, status, number, notes, category, date, deleted,
# amount that arrives, parts of (category, amount)
TRANSACTIONS = (
    (1, -1, 3, "Deposit", 2400.0, "R", "", "September", 6, "2026-09-01", "", 0, ()),
    (1, -1, 1, "Withdrawal", 86.4, "R", "", "", 2, "2026-09-02", "", 0, ()),
    (1, -1, 1, "Withdrawal", 64.15, "", "", "Party", -1, "2026-09-05", "", 0,
     ((2, 41.9), (3, 27.25), (3, -5.0))),
    (1, 2, -1, "Transfer", 120, "R", "", "", 8, "2026-09-06", "", 120, ()),
    (1, 3, -1, "Transfer", 500.0, "", "TR-9", "", 8, "2026-09-08", "", 461.05, ()),
    (2, -1, 1, "Withdrawal", 12.3, "", "", "", 2, "2026-09-09", "", 0, ()),
    (3, -1, 4, "Withdrawal", 59.9, "F", "", "Köln → Berlin\nSeat 61", 7, "2026-09-11", "", 0, ()),
    (4, -1, 2, "Withdrawal", 130.07, "", "10482", "", 5, "2026-09-12", "", 0, ()),
    (1, 4, -1, "Transfer", 330.57, "R", "", "", 8, "2026-09-14", "", 330.57, ()),
    (1, -1, 2, "Withdrawal", 130.07, "D", "10482", "Entered twice", 5, "2026-09-12", "", 0, ()),
    (1, -1, 1, "Withdrawal", 999.99, "V", "", "", 2, "2026-09-15", "", 0, ()),
    (1, -1, 1, "Withdrawal", 77.77, "", "", "In the bin", 2, "2026-09-16", "2026-09-17T08:00:00",
     0, ()),
    (2, -1, 1, "Deposit", 0.1, "", "", "Found", 6, "2026-09-18", "", 0, ()),
)  # fmt: skip
BALANCES = {
    "Everyday": "2548.88",
    "Wallet": "187.80",
    "Travel": "701.40",
    "Card": "0.00",
    "Old savings": "0",
}
"""Account -> opening balance and all that flowed, added up by hand."""


def write_book(path: Path, *, old: bool = False, marks: Marks = MARKS) -> Path:
    """Write the book. old: with subcategories in a table of their own and no deleted rows. marks:
    what the program notes of the book, which tells it from others.
    """
    with closing(sqlite3.connect(path)) as book, book:
        book.executescript(SCHEMA_2018 if old else SCHEMA_21)
        for number, mark in enumerate(marks, start=1):
            book.execute("insert into INFOTABLE_V1 values (?, ?, ?)", [number, *mark])
        for number, (name, code) in enumerate(CURRENCIES, start=1):
            values = [number, name, code]
            book.execute("insert into CURRENCYFORMATS_V1 values (?, ?, ?)", values)
        for number, account in enumerate(ACCOUNTS, start=1):
            values = [number, *account, "PIN 4711"]
            book.execute("insert into ACCOUNTLIST_V1 values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        for number, payee in enumerate(PAYEES, start=1):
            book.execute("insert into PAYEE_V1 values (?, ?)", [number, payee])
        for number, (name, parent) in enumerate(CATEGORIES, start=1):
            if not old:
                book.execute("insert into CATEGORY_V1 values (?, ?, ?)", [number, name, parent])
            elif parent < 0:
                book.execute("insert into CATEGORY_V1 values (?, ?)", [number, name])
            else:
                values = [number, name, parent]
                book.execute("insert into SUBCATEGORY_V1 values (?, ?, ?)", values)
        part_number = 0
        for number, transaction in enumerate(TRANSACTIONS, start=1):
            *values, category, date, deleted, arrives, parts = transaction
            if old and deleted:
                continue
            ending = [date, arrives] if old else [date, deleted, arrives]
            row = [number, *values, *_category(category, old), *ending]
            places = ", ".join("?" * len(row))
            book.execute(f"insert into CHECKINGACCOUNT_V1 values ({places})", row)  # noqa: S608
            for part_category, amount in parts:
                part_number += 1
                part = [part_number, number, *_category(part_category, old), amount]
                places = ", ".join("?" * len(part))
                book.execute(f"insert into SPLITTRANSACTIONS_V1 values ({places})", part)  # noqa: S608
    return path


def _category(number: int, old: bool) -> list[int]:
    if not old:
        return [number]
    parent = CATEGORIES[number - 1][1] if number > 0 else -1
    return [parent, number] if parent > 0 else [number, -1]


_COMMON = """
    create table INFOTABLE_V1 (INFOID integer primary key, INFONAME text, INFOVALUE text);
    create table CURRENCYFORMATS_V1 (
        CURRENCYID integer primary key, CURRENCYNAME text, CURRENCY_SYMBOL text
    );
    create table ACCOUNTLIST_V1 (
        ACCOUNTID integer primary key, ACCOUNTNAME text, ACCOUNTTYPE text, STATUS text,
        HELDAT text, INITIALBAL numeric, CURRENCYID integer, ACCESSINFO text
    );
    create table PAYEE_V1 (PAYEEID integer primary key, PAYEENAME text);
"""
SCHEMA_21 = (
    "pragma user_version = 21;"
    + _COMMON
    + """
    create table CATEGORY_V1 (CATEGID integer primary key, CATEGNAME text, PARENTID integer);
    create table CHECKINGACCOUNT_V1 (
        TRANSID integer primary key, ACCOUNTID integer, TOACCOUNTID integer, PAYEEID integer,
        TRANSCODE text, TRANSAMOUNT numeric, STATUS text, TRANSACTIONNUMBER text, NOTES text,
        CATEGID integer, TRANSDATE text, DELETEDTIME text, TOTRANSAMOUNT numeric
    );
    create table SPLITTRANSACTIONS_V1 (
        SPLITTRANSID integer primary key, TRANSID integer, CATEGID integer, SPLITTRANSAMOUNT numeric
    );
    """
)
SCHEMA_2018 = (
    _COMMON
    + """
    create table CATEGORY_V1 (CATEGID integer primary key, CATEGNAME text);
    create table SUBCATEGORY_V1 (
        SUBCATEGID integer primary key, SUBCATEGNAME text, CATEGID integer
    );
    create table CHECKINGACCOUNT_V1 (
        TRANSID integer primary key, ACCOUNTID integer, TOACCOUNTID integer, PAYEEID integer,
        TRANSCODE text, TRANSAMOUNT numeric, STATUS text, TRANSACTIONNUMBER text, NOTES text,
        CATEGID integer, SUBCATEGID integer, TRANSDATE text, TOTRANSAMOUNT numeric
    );
    create table SPLITTRANSACTIONS_V1 (
        SPLITTRANSID integer primary key, TRANSID integer, CATEGID integer, SUBCATEGID integer,
        SPLITTRANSAMOUNT numeric
    );
    """
)

if __name__ == "__main__":
    write_book(Path(sys.argv[1]))
