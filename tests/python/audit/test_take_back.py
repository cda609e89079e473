"""take_back(): whatever an act wrote, in whatever order, its rows are as they were before it."""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qios.audit.act import acting
from qios.audit.changed import ChangedSince
from qios.audit.take_back import take_back
from qios.server import connection

KEYS = st.sampled_from("abcde")
EDITS = st.one_of(
    st.tuples(
        st.just(
            "insert into core.tags (tag_key, name) values (%(key)s, %(name)s)"
            " on conflict (tag_key) do update set name = excluded.name"
        ),
        KEYS,
        st.sampled_from(["one", "two", 'a "quoted", {braced} name', "Ünïcødé"]),
    ),
    st.tuples(st.just("delete from core.tags where tag_key = %(key)s"), KEYS, st.just("")),
    st.tuples(
        st.just(
            "update core.tags set parent_tag_id ="
            " (select id from core.tags where tag_key = %(name)s) where tag_key = %(key)s"
        ),
        KEYS,
        KEYS,
    ),
    st.tuples(
        # Never back from v to a: rows that exchange a unique key find no order back.
        st.just("update core.tags set tag_key = %(name)s where tag_key = %(key)s"),
        KEYS,
        st.sampled_from("vwx"),
    ),
)


@pytest.fixture
def database(built: connection.Settings) -> Iterator[psycopg.Connection]:
    with connection.connect(autocommit=True) as opened:
        yield opened


def tags(database: psycopg.Connection) -> list[str]:
    """Every row whole, times included."""
    rows = database.execute("select tags::text from core.tags order by id")
    return [row for (row,) in rows]


def edit(database: psycopg.Connection, edits: list[tuple[str, str, str]]) -> None:
    for statement, key, name in edits:
        with contextlib.suppress(psycopg.errors.IntegrityError), database.transaction():
            database.execute(statement, {"key": key, "name": name})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(EDITS, max_size=8), acts=st.lists(st.lists(EDITS, max_size=6), max_size=3))
def test_acts_taken_back_leave_no_trace(
    database: psycopg.Connection, before: list, acts: list
) -> None:
    edit(database, before)
    seen, done = [], []
    for edits in acts:
        seen.append(tags(database))
        with acting(database, "try") as act:
            edit(database, edits)
        done.append(act)
    for act, state in zip(reversed(done), reversed(seen), strict=True):
        take_back(database, act, "untry")
        assert tags(database) == state


def test_a_key_that_another_row_has_taken_over_comes_back(database: psycopg.Connection) -> None:
    """The old row wants its key, which the new one has, to which a third leads by now."""
    database.execute("insert into core.tags (tag_key, name) values ('a', 'One'), ('c', 'Three')")
    before = tags(database)
    with acting(database, "replace") as act:
        database.execute("update core.tags set tag_key = 'v' where tag_key = 'a'")
        database.execute("insert into core.tags (tag_key, name) values ('a', 'Another')")
        database.execute(
            "update core.tags set parent_tag_id = (select id from core.tags where tag_key = 'a')"
            " where tag_key = 'c'"
        )
    taken = take_back(database, act, "undo")
    assert tags(database) == before
    assert taken.tables == {"core.tags": {"restored": 2, "removed": 1}}


def test_what_was_changed_since_is_named_and_kept(database: psycopg.Connection) -> None:
    database.execute("insert into core.tags (tag_key, name) values ('a', 'One'), ('b', 'Two')")
    with acting(database, "rename", "a better word") as act:
        database.execute("update core.tags set name = 'First' where tag_key = 'a'")
        database.execute("insert into core.tags (tag_key, name) values ('c', 'Three')")
    database.execute("update core.tags set color = '#fff'")
    before = tags(database)
    with pytest.raises(ChangedSince, match=r"core\.tags .*: color, by .* \(update\)") as refused:
        take_back(database, act, "undo")
    assert [change.columns for change in refused.value.changes] == [["color"], ["color"]]
    assert tags(database) == before

    # What was changed and changed back is not changed.
    database.execute("update core.tags set color = null, updated_at = now()")
    taken = take_back(database, act, "undo", "a mistake")
    assert taken.tables == {"core.tags": {"restored": 1, "removed": 1}}
    found = database.execute("select tag_key, name from core.tags order by 1").fetchall()
    assert found == [("a", "One"), ("b", "Two")]
    told = database.execute(
        "select distinct actor <> '', action, reason from core.audit_events"
        " where correlation_id = %s",
        [taken.correlation],
    ).fetchall()
    assert told == [(True, "undo", "a mistake")]
    # An act of taking back is an act.
    take_back(database, taken.correlation, "redo")
    assert len(tags(database)) == 3


def test_a_forced_way_back_loses_later_changes(database: psycopg.Connection) -> None:
    database.execute("insert into core.tags (tag_key, name) values ('a', 'One')")
    with acting(database, "rename") as act:
        database.execute("update core.tags set name = 'First'")
    database.execute("delete from core.tags")
    with pytest.raises(ChangedSince, match="the whole row"):
        take_back(database, act, "undo")
    take_back(database, act, "undo", force=True)
    assert database.execute("select name from core.tags").fetchall() == [("One",)]
