"""A decision about a pair holds whichever way round it is asked, until there is another."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest

from qios.identity.decided import merge_decided
from qios.identity.pairs import DISTINCT, SAME, decide_pair, decided
from qios.plans.merges import pending_merges
from qios.server import connection

LOW, HIGH = uuid.UUID(int=1), uuid.UUID(int=2)
EXPLANATION = [{"field": "name", "left": "Ada", "right": "Ida", "similarity": 0.7, "points": -2.0}]


@pytest.fixture
def work(built: connection.Settings) -> Iterator[psycopg.Connection]:
    with connection.connect(autocommit=True) as database:
        yield database


def test_a_pair_is_decided_once_until_somebody_decides_otherwise(
    work: psycopg.Connection,
) -> None:
    assert decided(work, LOW, HIGH) is None
    assert decide_pair(work, HIGH, LOW, SAME, "ada", "same phone", 0.9, EXPLANATION)
    assert decided(work, LOW, HIGH) == decided(work, HIGH, LOW) == SAME
    assert not decide_pair(work, LOW, HIGH, SAME, "bob")
    held = work.execute("select decided_by, score, explanation from core.pair_decisions").fetchall()
    assert [(by, float(score)) for by, score, _ in held] == [("ada", 0.9)]
    assert (held[0][2][0]["left"], held[0][2][0]["right"]) == ("Ida", "Ada")

    assert decide_pair(work, LOW, HIGH, DISTINCT, "bob")
    assert decided(work, LOW, HIGH) == DISTINCT
    history = work.execute("select decision, status from core.pair_decisions order by decided_at")
    assert history.fetchall() == [(SAME, "withdrawn"), (DISTINCT, "active")]


def test_a_person_who_says_the_same_takes_over_from_a_policy(work: psycopg.Connection) -> None:
    decide_pair(work, LOW, HIGH, SAME, "policy match", None, 0.99, EXPLANATION)
    assert decide_pair(work, HIGH, LOW, SAME, "ada", "same voice")
    assert not decide_pair(work, LOW, HIGH, SAME, "policy match")
    (held,) = work.execute(
        "select decided_by, created_by, reason, score::float8 from core.pair_decisions"
    )
    assert held == ("ada", "policy match", "same voice", 0.99)


def test_an_entity_makes_no_pair_with_itself(work: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        decide_pair(work, LOW, LOW, SAME, "ada")


def test_a_plan_lists_the_merges_that_will_be_made(work: psycopg.Connection) -> None:
    """Of one who is only a person, and one who is only a task, neither can survive."""
    for entity, name in ((LOW, "Ada"), (HIGH, "Ida")):
        work.execute(
            "insert into core.entities (id, entity_type, display_name) values (%s, 'person', %s)",
            [entity, name],
        )
    work.execute("insert into core.people (entity_id, full_name) values (%s, 'Ada')", [LOW])
    work.execute("insert into qilife.tasks (entity_id, title) values (%s, 'Call')", [HIGH])
    decide_pair(work, LOW, HIGH, SAME, "ada")
    assert (pending_merges(work), merge_decided(work)) == ([], 0)
    work.execute("insert into core.people (entity_id, full_name) values (%s, 'Ida')", [HIGH])
    (merge,) = pending_merges(work)
    assert (merge["left_name"], merge["right_name"]) == ("Ada", "Ida")
    assert merge_decided(work) == 1
