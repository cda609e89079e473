"""SQLite databases: every table, and not a byte of the file changed."""

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from content import made
from intake.readers.tables import held, rows_of, tables_of
from qios.intake.readers.sqlite import open_tables
from qios.intake.reasons import FileRefused

STATEMENTS = (
    'create table "odd ""name" (id integer primary key, x, "select" text)',
    """insert into "odd ""name" values (1, 1.50, 'a'), (2, null, 'b'), (3, x'00ff', 'c')""",
    "create table empty (a)",
    "create index i on empty (a)",
    "create view v as select 1",
)


def test_every_table_is_read_and_no_value_changed() -> None:
    content = made.sqlite(*STATEMENTS)
    assert list(tables_of(content)) == ['odd "name', "empty"]
    assert rows_of(content, part='odd "name') == [
        {"id": "1", "x": "1.5", "select": "a"},
        {"id": "2", "x": "", "select": "b"},
        {"id": "3", "x": "X'00ff'", "select": "c"},
    ]


def test_a_file_is_read_as_it_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "wal?#.db"
    with sqlite3.connect(path) as database:
        database.execute("pragma journal_mode = wal")
        database.execute("create table a (b)")
        database.execute("insert into a values (1)")
    database.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for version in (replace(held(b""), path=path), held(path.read_bytes())):
        with open_tables(version, None) as tables:
            assert [part for part, _ in tables] == ["a"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert list(tmp_path.iterdir()) == [path]


def test_changes_that_only_the_log_beside_it_holds_are_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "open.db"

    def parts() -> list[str]:
        version = replace(held(path.read_bytes()), path=path)
        with open_tables(version, None) as tables:
            return [part for part, _ in tables]

    database = sqlite3.connect(path)
    database.execute("pragma journal_mode = wal")
    database.execute("create table a (b)")
    database.commit()
    with pytest.raises(FileRefused, match="unwritten_changes"):
        parts()
    database.execute("pragma wal_checkpoint")
    assert Path(f"{path}-wal").stat().st_size > 0
    assert parts() == ["a"]
    database.execute("insert into a values (1)")
    assert parts() == ["a"]
    database.commit()
    with pytest.raises(FileRefused, match="unwritten_changes"):
        parts()
    database.close()
    assert parts() == ["a"]


def test_text_that_is_no_utf8_is_a_refused_row() -> None:
    content = made.sqlite("create table a (b)", "insert into a values (cast(x'ff' as text)), ('x')")
    table = tables_of(content)["a"]
    assert table.refused[1].reasons == ("invalid_encoding",)
    assert table.rows == {2: ["x"]}


@pytest.mark.parametrize("kept", [100, 1500, 5000])
def test_a_damaged_database_is_refused(kept: int) -> None:
    content = made.sqlite("create table a (b)", *["insert into a values ('some words')"] * 300)
    with pytest.raises(FileRefused, match="damaged_file"):
        tables_of(content[:kept])


def test_a_column_whose_name_is_no_text_is_damage() -> None:
    content = made.sqlite("create table a (columnname)").replace(b"columnname", b"column\xff\xfeme")
    with pytest.raises(FileRefused, match="damaged_file"):
        tables_of(content)
