"""Records of a Money Manager Ex database (`.mmb`), which is a SQLite file.

Each record names the book by the marks that the program wrote into it: the day of its making, and
the installation that it was first opened with.

A record is an account, a payee, or a transaction with the names that its ids stand for. A transfer
is one record with both accounts; the parts of a split transaction are records of one ID, numbered.
The columns that may hold somebody's access data (ACCESSINFO, CONTACTINFO) are not read.

The file is read from memory: it is neither locked nor written, wherever it lies.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from decimal import Decimal
from itertools import islice

from qios.intake.batch import FileVersion
from qios.intake.chunk import Chunk
from qios.intake.decode import UNDECODABLE
from qios.intake.readers import Records
from qios.intake.readers.sqlite_log import refuse_unwritten_changes
from qios.intake.sources import Source

CHUNK_ROWS = 64
MAGIC = b"SQLite format 3\0"
COLUMNS = {
    "ACCOUNTLIST_V1": {
        *("ACCOUNTID", "ACCOUNTNAME", "ACCOUNTTYPE", "CURRENCYID", "INITIALBAL", "HELDAT", "STATUS")
    },
    "CHECKINGACCOUNT_V1": {
        *("TRANSID", "ACCOUNTID", "TOACCOUNTID", "PAYEEID", "CATEGID", "TRANSCODE", "TRANSDATE"),
        *("TRANSAMOUNT", "TOTRANSAMOUNT", "STATUS", "TRANSACTIONNUMBER", "NOTES"),
    },
    "PAYEE_V1": {"PAYEEID", "PAYEENAME"},
    "CATEGORY_V1": {"CATEGID", "CATEGNAME"},
    "CURRENCYFORMATS_V1": {"CURRENCYID", "CURRENCY_SYMBOL"},
}
"""Table → the columns that every edition of the program has in it."""

HEADER = (
    *("ID", "Part", "Parts", "Type", "Date", "Status", "Account", "ToAccount", "Payee"),
    *("Category", "Amount", "PartAmount", "ToAmount", "Currency", "ToCurrency", "Number", "Notes"),
    *("DeletedTime", "AccountType", "InitialBalance", "HeldAt", "AccountStatus", "Book"),
)
MARKS = ("UID", "CREATEDATE")
UNMARKED = "unmarked"
"""The name of every book without marks; no version of the program is known to write one."""

Row = dict[str, object]


@contextmanager
def open_records(version: FileVersion, source: Source, encoding: str | None) -> Iterator[Records]:
    """The records of a book; none, and no heading, of a file that is not one."""
    with version.open() as stream:
        content = stream.read(len(MAGIC))
        if content == MAGIC:
            content += stream.read()
            refuse_unwritten_changes(version)
    with closing(sqlite3.connect(":memory:")) as book:
        book.row_factory = sqlite3.Row
        book.text_factory = lambda text: text.decode("utf-8", UNDECODABLE)
        tables = _load(book, content)
        whole = all(columns <= tables.get(table, set()) for table, columns in COLUMNS.items())
        yield MmexRecords(book, tables, len(content)) if whole else NoRecords()


def _load(book: sqlite3.Connection, content: bytes) -> dict[str, set[str]]:
    """Make a book of the bytes of a file: the columns of its tables."""
    if not content.startswith(MAGIC):
        return {}
    # A database in WAL mode opens from memory only when its header says that it is in the other.
    book.deserialize(content[:18] + b"\1\1" + content[20:])
    tables: dict[str, set[str]] = {}
    try:
        for table, column in book.execute(
            """
            select found.name, col.name from sqlite_schema as found
            cross join pragma_table_info(found.name) as col
            """
        ):
            tables.setdefault(table, set()).add(column)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return {}
    return tables


class NoRecords(Records):
    """What a file tells that is no book: nothing that a source could claim."""

    read = 0

    def __init__(self) -> None:
        self.header: list[str] = []

    def chunks(self) -> Iterator[Chunk]:
        """Nothing."""
        return iter(())

    def position(self) -> int:
        """Nothing was read."""
        return 0


class MmexRecords(Records):
    """Reads accounts, payees and transactions, in this order and each by their ids."""

    def __init__(
        self, book: sqlite3.Connection, tables: Mapping[str, set[str]], byte_size: int
    ) -> None:
        self.header = list(HEADER)
        self.read = 0
        self._book = book
        self._byte_size = byte_size
        self._name = _name(book, tables)
        self._currencies = {
            row["CURRENCYID"]: row["CURRENCY_SYMBOL"]
            for row in book.execute("select CURRENCYID, CURRENCY_SYMBOL from CURRENCYFORMATS_V1")
        }
        self._accounts = _by_id(book, "ACCOUNTLIST_V1", "ACCOUNTID")
        self._payees = _by_id(book, "PAYEE_V1", "PAYEEID")
        self._categories = _by_id(book, "CATEGORY_V1", "CATEGID")
        self._subcategories = (
            _by_id(book, "SUBCATEGORY_V1", "SUBCATEGID") if "SUBCATEGORY_V1" in tables else {}
        )
        self._parts: dict[int, list[Row]] = {}
        if "SPLITTRANSACTIONS_V1" in tables:
            for row in book.execute("select * from SPLITTRANSACTIONS_V1 order by SPLITTRANSID"):
                self._parts.setdefault(row["TRANSID"], []).append(dict(row))

    def chunks(self) -> Iterator[Chunk]:
        """Chunks until the last transaction."""
        records = self._records()
        named = {"Book": self._name}
        while rows := [_cells(record | named) for record in islice(records, CHUNK_ROWS)]:
            numbers = range(self.read + 1, self.read + len(rows) + 1)
            self.read += len(rows)
            yield Chunk(numbers, numbers, rows, [])

    def position(self) -> int:
        """All of it: the file was read before its first record."""
        return self._byte_size

    def _records(self) -> Iterator[Row]:
        for account in self._accounts.values():
            yield self._account(account)
        for payee in self._payees.values():
            yield {"ID": "payee", "Type": "Payee", "Payee": payee["PAYEENAME"]}
        for row in self._book.execute("select * from CHECKINGACCOUNT_V1 order by TRANSID"):
            yield from self._transaction(dict(row))

    def _account(self, account: Row) -> Row:
        return {
            "ID": "account",
            "Part": 1,
            "Parts": 1,
            "Type": "Account",
            "Account": account["ACCOUNTNAME"],
            "Currency": self._currencies.get(account["CURRENCYID"]),
            "AccountType": account["ACCOUNTTYPE"],
            "InitialBalance": account["INITIALBAL"],
            "HeldAt": account["HELDAT"],
            "AccountStatus": account["STATUS"],
        }

    def _transaction(self, row: Row) -> Iterator[Row]:
        account = self._accounts.get(row["ACCOUNTID"], {})
        record = {
            "ID": row["TRANSID"],
            "Type": row["TRANSCODE"],
            "Date": row["TRANSDATE"],
            "Status": row["STATUS"],
            "Account": account.get("ACCOUNTNAME"),
            "Amount": row["TRANSAMOUNT"],
            "Currency": self._currencies.get(account.get("CURRENCYID")),
            "Number": row["TRANSACTIONNUMBER"],
            "Notes": row["NOTES"],
            "DeletedTime": row.get("DELETEDTIME"),
        }
        if row["TRANSCODE"] == "Transfer":
            other = self._accounts.get(row["TOACCOUNTID"], {})
            record |= {
                "ToAccount": other.get("ACCOUNTNAME"),
                "ToAmount": row["TOTRANSAMOUNT"],
                "ToCurrency": self._currencies.get(other.get("CURRENCYID")),
            }
        else:
            record["Payee"] = self._payees.get(row["PAYEEID"], {}).get("PAYEENAME")
        parts = self._parts.get(row["TRANSID"]) or [row | {"SPLITTRANSAMOUNT": row["TRANSAMOUNT"]}]
        for number, part in enumerate(parts, start=1):
            yield record | {
                "Part": number,
                "Parts": len(parts),
                "PartAmount": part["SPLITTRANSAMOUNT"],
                "Category": self._category(part),
            }

    def _category(self, row: Row) -> str:
        """The names of a category and of those above it, joined by colons."""
        names: list[str] = []
        if below := self._subcategories.get(row.get("SUBCATEGID")):
            names.append(below["SUBCATEGNAME"])
        category = self._categories.get(row["CATEGID"])
        while category and len(names) < len(self._categories) + 1:
            names.append(category["CATEGNAME"])
            category = self._categories.get(category.get("PARENTID"))
        return ":".join(reversed(names))


def _name(book: sqlite3.Connection, tables: Mapping[str, set[str]]) -> str:
    """The marks of a book, as far as it has them."""
    if not {"INFONAME", "INFOVALUE"} <= tables.get("INFOTABLE_V1", set()):
        return UNMARKED
    told = dict(map(tuple, book.execute("select INFONAME, INFOVALUE from INFOTABLE_V1")))
    return " ".join(_text(told[mark]) for mark in MARKS if told.get(mark)) or UNMARKED


def _by_id(book: sqlite3.Connection, table: str, key: str) -> dict[int, Row]:
    """The rows of one of the tables named above by their id, in its order."""
    rows = book.execute(f'select * from "{table}" order by "{key}"')  # noqa: S608 names from here
    return {row[key]: dict(row) for row in rows}


def _cells(record: Row) -> list[str]:
    return [_text(record.get(name)) for name in HEADER]


def _text(value: object) -> str:
    """SQLite keeps amounts as floating-point numbers: their shortest decimal form is what was
    typed."""
    if value is None:
        return ""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)
