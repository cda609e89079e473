"""The book of Money Manager Ex: joined, of both schemas, left as it was found."""

import hashlib
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from mmex_book import ACCOUNTS, PAYEES, TRANSACTIONS, Marks, write_book
from qios.intake.batch import FileVersion
from qios.intake.readers import open_records
from qios.intake.sources import registered_sources


def version(path: Path) -> FileVersion:
    return FileVersion(uuid.uuid4(), uuid.uuid4(), 1, path, "", path.stat().st_size)


def read(path: Path) -> list[dict[str, str]]:
    """Every record as heading -> cell."""
    with open_records(version(path), registered_sources()["mmex_book"], None) as records:
        rows = [row for chunk in records.chunks() for row in chunk.rows]
        assert records.read == len(rows)
        return [dict(zip(records.header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("old", [False, True])
def test_both_schemas_tell_the_same(tmp_path: Path, old: bool) -> None:
    records = read(write_book(tmp_path / "book.mmb", old=old))
    kinds = [record["Type"] for record in records]
    assert kinds.count("Account") == len(ACCOUNTS)
    assert kinds.count("Payee") == len(PAYEES)
    by_id: dict[str, list[dict[str, str]]] = {}
    for record in records[len(ACCOUNTS) + len(PAYEES) :]:
        by_id.setdefault(record["ID"], []).append(record)
    assert len(by_id) == len(TRANSACTIONS) - old

    parts = [(part["Part"], part["Category"], part["PartAmount"]) for part in by_id["3"]]
    assert parts == [
        ("1", "Food:Groceries", "41.9"),
        ("2", "Household", "27.25"),
        ("3", "Household", "-5"),
    ]
    assert {(part["Parts"], part["Amount"]) for part in by_id["3"]} == {("3", "64.15")}

    (transfer,) = by_id["5"]
    assert (transfer["Account"], transfer["ToAccount"]) == ("Everyday", "Travel")
    assert (transfer["Amount"], transfer["Currency"]) == ("500", "USD")
    assert (transfer["ToAmount"], transfer["ToCurrency"]) == ("461.05", "EUR")
    assert by_id["7"][0]["Notes"] == "Köln → Berlin\nSeat 61"
    if not old:
        assert by_id["12"][0]["DeletedTime"] == "2026-09-17T08:00:00"


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        ((("CREATEDATE", "2018-04-26"), ("USERNAME", "Ines")), "2018-04-26"),
        ((("CREATEDATE", "2018-04-26"), ("UID", "win_20180426")), "win_20180426 2018-04-26"),
        ((("CREATEDATE", ""),), "unmarked"),
        ((), "unmarked"),
    ],
)
def test_every_record_names_the_book(tmp_path: Path, marks: Marks, name: str) -> None:
    records = read(write_book(tmp_path / "book.mmb", marks=marks))
    assert {record["Book"] for record in records} == {name}


def test_access_data_is_not_read(tmp_path: Path) -> None:
    assert "4711" not in str(read(write_book(tmp_path / "book.mmb")))


def test_the_file_stays_as_it_is_while_another_program_has_it_open(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.mmb")
    with closing(sqlite3.connect(path)) as other:
        other.execute("pragma journal_mode = wal")
        other.execute("begin exclusive")
        before = hashlib.sha256(path.read_bytes()).digest()
        assert read(path)
        assert hashlib.sha256(path.read_bytes()).digest() == before


@pytest.mark.parametrize("what", ["text", "broken", "other", "odd name"])
def test_a_file_that_is_no_book_has_nothing_to_claim(tmp_path: Path, what: str) -> None:
    path = tmp_path / "file.mmb"
    if what == "other":
        with closing(sqlite3.connect(path)) as book, book:
            book.execute("create table ACCOUNTLIST_V1 (ACCOUNTID integer)")
    elif what == "odd name":
        write_book(path)
        path.write_bytes(path.read_bytes().replace(b"ACCOUNTNAME", b"ACCOUNT\xff\xfeME"))
    else:
        path.write_bytes(b"ID,Date\n" if what == "text" else b"SQLite format 3\0" + b"\1" * 500)
    with open_records(version(path), registered_sources()["mmex_book"], None) as records:
        assert records.header == []
        assert (list(records.chunks()), records.read, records.position()) == ([], 0, 0)
