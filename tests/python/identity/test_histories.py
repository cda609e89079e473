"""Whatever is merged, split, edited and imported in whatever order: nothing gets lost or mixed up.

Two groups of people have the same history, but the one is merged and split meanwhile. When
all is split again, both are the same.
"""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from identity.people import People
from qios.identity.apart import held_together, take_apart
from qios.identity.decided import merge_decided
from qios.identity.merge import merge
from qios.identity.pairs import DISTINCT, SAME, decide_pair, pair
from qios.identity.references import findings
from qios.identity.split import split
from qios.identity.survivorship import settle_entities
from qios.server import connection

PEOPLE = 5
NUMBER = st.integers(0, PEOPLE - 1)
ADDRESSES = st.sampled_from(["a@example.org", "b@example.org"])
COLUMNS = st.sampled_from(["job_title", "given_name", "biography", "gender", "birth_date"])
SAID = st.sampled_from(["job_title", "given_name", "department"])
STEPS = st.one_of(
    st.tuples(st.just("merge"), NUMBER, NUMBER),
    st.tuples(st.just("merge"), NUMBER, NUMBER),
    st.tuples(st.just("link"), NUMBER, NUMBER),
    st.tuples(st.just("link"), NUMBER, NUMBER),
    st.tuples(st.just("deny"), NUMBER, NUMBER),
    st.tuples(st.just("split"), NUMBER),
    st.tuples(st.just("says"), NUMBER, SAID),
    st.tuples(st.just("says_identifier"), NUMBER, st.sampled_from("12"), ADDRESSES),
    st.tuples(st.just("says_tag"), NUMBER, st.integers(0, 1)),
    st.tuples(st.just("edits"), NUMBER, COLUMNS),
    st.tuples(st.just("notes"), NUMBER),
    st.tuples(st.just("relates"), NUMBER, NUMBER),
)


@pytest.fixture
def work(built: connection.Settings) -> Iterator[psycopg.Connection]:
    with connection.connect(autocommit=True) as database:
        yield database


@given(steps=st.lists(STEPS, min_size=4, max_size=14), order=st.permutations(range(PEOPLE)))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_splitting_all_leaves_what_would_be_there_without_merges(
    work: psycopg.Connection, steps: list[tuple], order: list[int]
) -> None:
    tags = _tags(work)
    merged, apart = People(work, PEOPLE), People(work, PEOPLE)
    for count, (step, *arguments) in enumerate(steps):
        if step == "merge":
            _merge(work, merged, *arguments)
        elif step == "split":
            _split(work, merged, *arguments)
        elif step in ("link", "deny"):
            _decide(work, merged, SAME if step == "link" else DISTINCT, *arguments)
        else:
            _both(step, arguments, merged, apart, f"1999-01-{count + 1:02}", tags)
    assert findings(work) == []
    settled = merged.state()
    settle_entities(work, merged.ids)
    assert merged.state() == settled
    for number in order:
        _split(work, merged, number)
    assert merged.state() == apart.state()
    rows = [*merged.ids, *map(merged.person, range(PEOPLE))]
    noted = work.execute("select id from core.surviving_values where id = any(%s)", [rows])
    assert noted.fetchall() == []
    assert findings(work) == []


def _both(
    step: str, arguments: list, merged: People, apart: People, value: str, tags: list[uuid.UUID]
) -> None:
    """One step of the history of both groups. value: one that no other step gives."""
    number, *rest = arguments
    # What a person says of a survivor is said of that entity, and stays with it.
    if step in ("notes", "relates") and not {number, *rest} <= set(merged.standing()):
        return
    if step == "says_tag":
        rest = [tags[rest[0]]]
    elif step in ("says", "edits", "notes"):
        rest = [*rest, value]
    for people in (merged, apart):
        getattr(people, step)(number, *rest)


def _merge(work: psycopg.Connection, people: People, survivor: int, loser: int) -> None:
    if survivor != loser and {survivor, loser} <= set(people.standing()):
        merge(work, people.ids[survivor], people.ids[loser], "the same person")


def _split(work: psycopg.Connection, people: People, number: int) -> None:
    if number not in people.standing():
        split(work, people.ids[number], "two people")


def _decide(
    work: psycopg.Connection, people: People, decision: str, number: int, other: int
) -> None:
    """A policy links two, or a person denies that they are one; what contradicts itself is not."""
    two = pair(people.ids[number], people.ids[other])
    if number == other or (decision == DISTINCT and held_together(work, [two])):
        return
    with work.transaction():
        decide_pair(work, *two, decision, "policy match" if decision == SAME else "ada")
        if decision == DISTINCT:
            take_apart(work, [two])
        merge_decided(work)
        if findings(work):
            raise psycopg.Rollback


def _tags(work: psycopg.Connection) -> list[uuid.UUID]:
    statement = (
        "insert into core.tags (tag_key, name) values (%(key)s, %(key)s)"
        " on conflict (tag_key) do update set name = excluded.name returning id"
    )
    return [work.execute(statement, {"key": key}).fetchone()[0] for key in ("friend", "client")]
