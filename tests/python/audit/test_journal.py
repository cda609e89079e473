"""core.audit_events: what the triggers tell of writes, whoever writes, and what they refuse."""

from collections.abc import Iterator

import psycopg
import pytest

from qios.audit.act import acting
from qios.audit.history import history
from qios.errors import UsageError
from qios.server import connection


@pytest.fixture
def database(built: connection.Settings) -> Iterator[psycopg.Connection]:
    with connection.connect(autocommit=True) as opened:
        yield opened


def told(database: psycopg.Connection) -> list[tuple]:
    return database.execute(
        """
        select write_operation, action, actor, application, reason, row_count,
            coalesce(cardinality(inserted_ids), 0), before_image ->> 'name'
        from core.audit_events where target_table = 'tags' order by occurred_at, 8
        """
    ).fetchall()


def test_every_write_is_told_by_its_statement(
    database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QIOS_USER", "ana")
    account = database.info.user
    database.execute("set application_name = 'a program'")
    database.execute("insert into core.tags (tag_key, name) values ('a', 'A'), ('b', 'B')")
    database.execute("insert into core.tags (tag_key, name) values ('c', 'C')")
    with database.cursor().copy("copy core.tags (tag_key, name) from stdin") as copy:
        copy.write_row(("d", "D"))
        copy.write_row(("e", "E"))
    with acting(database, "tidy", "too many") as act:
        with acting(database, "recolor"):
            database.execute("update core.tags set color = '#fff' where tag_key < 'c'")
        database.execute("delete from core.tags where tag_key = 'c'")
    database.execute("update core.tags set name = 'none of them' where false")
    other = ("a program", None)
    assert told(database) == [
        ("insert", "insert", account, *other, 2, 2, None),
        ("insert", "insert", account, *other, 1, 0, None),
        ("insert", "insert", account, *other, 2, 2, None),
        ("update", "recolor", "ana", *other, 1, 0, "A"),
        ("update", "recolor", "ana", *other, 1, 0, "B"),
        ("delete", "tidy", "ana", "a program", "too many", 1, 0, "C"),
    ]
    acts = "select count(*), count(distinct correlation_id) from core.audit_events where actor = %s"
    assert database.execute(acts, ["ana"]).fetchone() == (3, 2)
    one = "select count(*) from core.audit_events where correlation_id = %s"
    assert database.execute(one, [act]).fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "truncate core.tags cascade",
        "truncate core.audit_events",
        "delete from core.audit_events",
        "update core.audit_events set actor = 'nobody'",
    ],
)
def test_what_the_journal_could_not_tell_is_refused(
    database: psycopg.Connection, statement: str
) -> None:
    database.execute("insert into core.tags (tag_key, name) values ('a', 'A')")
    before = told(database)
    with pytest.raises(psycopg.errors.RestrictViolation, match="R1304 core") as refused:
        database.execute(statement)
    assert refused.value.diag.message_hint.startswith("cure: ")
    assert told(database) == before
    with acting(database, "forget"):
        database.execute("update core.audit_events set before_image = null")


def test_the_history_says_who_brought_each_value(database: psycopg.Connection) -> None:
    database.execute("insert into core.tags (tag_key, name) values ('a', 'A'), ('b', 'B')")
    database.execute("update core.tags set name = 'Alpha', updated_at = now() where tag_key = 'a'")
    with acting(database, "recolor", "as agreed"):
        database.execute("update core.tags set color = '#fff' where tag_key = 'a'")
    (row_id,) = database.execute("select id from core.tags where tag_key = 'a'").fetchone()
    life = history(database, "core.tags", str(row_id))
    assert [event["what"] for event in life["events"]] == ["inserted", "changed", "changed"]
    assert [event["changes"] for event in life["events"]] == [
        [],
        [{"column": "name", "before": "A", "after": "Alpha"}],
        [{"column": "color", "before": None, "after": "#fff"}],
    ]
    assert life["events"][2]["reason"] == "as agreed"
    brought = {value["column"]: value["event"] for value in life["values"]}
    assert (brought["tag_key"], brought["name"], brought["color"]) == (1, 2, 3)

    database.execute("delete from core.tags where tag_key = 'a'")
    life = history(database, "core.tags", str(row_id))
    assert not life["is_live"]
    assert life["events"][3]["what"] == "deleted"


@pytest.mark.parametrize(
    ("table", "row_id"),
    [
        ("core.nothing", "00000000-0000-0000-0000-000000000000"),
        ("staging.import_rows", "00000000-0000-0000-0000-000000000000"),
        ("core.tags", "00000000-0000-0000-0000-000000000000"),
        ("core.tags", "a"),
    ],
)
def test_a_row_that_never_was_has_no_history(
    database: psycopg.Connection, table: str, row_id: str
) -> None:
    with pytest.raises(UsageError) as refused:
        history(database, table, row_id)
    assert refused.value.cure
