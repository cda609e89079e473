"""Who of a batch may be known already: certain matches are decided by the source's policy, likely
ones wait for a person."""

import uuid
from collections.abc import Collection, Iterator, Sequence

import psycopg
from psycopg.types.json import Jsonb

from qios.identity.pairs import SAME, PairDecision, decide_pairs
from qios.intake.sources import Source, reviewed_sources
from qios.matching import weights
from qios.matching.asking import ask
from qios.matching.candidates import (
    begin,
    find_among_each_other,
    forget_decided,
    note_canonical,
    take_in,
)
from qios.matching.described import described
from qios.matching.known import find_known, hold_as_new
from qios.matching.score import scored
from qios.person import POLICY

OFF = "off"
BY_POLICY = f"{POLICY}match"
AT_A_TIME = 1000

SCORED = """
create temporary table match_scored (
    left_id uuid,
    right_id uuid,
    points numeric,
    score numeric,
    explanation jsonb
) on commit drop
"""

CERTAIN = """
create temporary table match_certain on commit drop as

with

linked as (
    select scored.* from match_scored as scored
    where scored.points >= %(link)s
        and exists (
            select from match_parties as party
            where party.party_id in (scored.left_id, scored.right_id)
                and party.is_new and party.match_policy = 'link'
        )
),

ends as (
    select left_id as party_id, right_id as other_id from linked
    union all
    select right_id, left_id from linked
),

-- Father and son are not one because somebody fits both: where two that nobody holds for one would
-- become one by a third, a person is asked.
ambiguous as (
    select distinct one.party_id
    from ends as one
    inner join ends as another
        on another.party_id = one.party_id and another.other_id > one.other_id
    where not exists (
            select from match_scored as between_them
            where between_them.points >= %(link)s
                and between_them.left_id = one.other_id
                and between_them.right_id = another.other_id
        )
        and not exists (
            select from core.pair_decisions as decided
            where decided.left_entity_id = one.other_id
                and decided.right_entity_id = another.other_id
                and decided.decision = 'same' and decided.withdrawn_at is null
        )
)

select left_id, right_id, score, explanation
from linked
where left_id not in (select party_id from ambiguous)
    and right_id not in (select party_id from ambiguous)
"""


def propose(database: psycopg.Connection, source: Source, batches: Sequence[uuid.UUID]) -> int:
    """Look for whom the undecided rows of these batches may tell of; how many rows have to wait.

    To be called in a transaction, once their values are read. A pair about which somebody has
    decided is not looked at again. What is likely and not certain is asked, as ask() says.
    """
    if source.row["match_policy"] == OFF or not described(source):
        return 0
    begin(database)
    for told in described(source):
        take_in(database, source, told, batches)
    if not database.execute("select exists (select from match_parties where is_new)").fetchone()[0]:
        _end(database)
        return 0
    return _seek(database, source)


def propose_anew(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> None:
    """Look for whom these canonical entities may be, since what somebody held them for turned out
    to be wrong. A person is asked, and nobody is linked."""
    begin(database)
    hold_as_new(database, entities)
    _seek(database, None)


def _seek(database: psycopg.Connection, source: Source | None) -> int:
    """Find, link and ask, once the new ones of the source are at hand; how many rows wait."""
    for other in reviewed_sources():
        if other is not source and other.row["match_policy"] != OFF:
            for told in described(other):
                take_in(database, other, told, ())
    note_canonical(database)
    find_among_each_other(database)
    find_known(database)
    forget_decided(database)
    _score(database)
    _link(database)
    number = ask(database, source)
    _end(database)
    return number


def _score(database: psycopg.Connection) -> None:
    database.execute(SCORED)
    found = []
    for pair in scored(database, weights.REVIEW):
        compared = pair.comparison
        explanation = Jsonb(compared.explanation)
        found.append((pair.left, pair.right, compared.points, compared.score, explanation))
        if len(found) == AT_A_TIME:
            _keep(database, found)
            found = []
    _keep(database, found)


def _keep(database: psycopg.Connection, found: Sequence[tuple[object, ...]]) -> None:
    with database.cursor() as cursor, cursor.copy("copy match_scored from stdin") as rows:
        for row in found:
            rows.write_row(row)


def _link(database: psycopg.Connection) -> int:
    """Decide about the certain pairs, as the policy of their source allows; their number."""
    database.execute(CERTAIN, {"link": weights.LINK})
    decided = 0
    for block in _blocks(database, "select * from match_certain order by 1, 2"):
        decided += decide_pairs(
            database,
            [
                PairDecision(left, right, SAME, BY_POLICY, None, float(score), explanation)
                for left, right, score, explanation in block
            ],
        )
    return decided


def _blocks(database: psycopg.Connection, query: str) -> Iterator[list[tuple]]:
    with database.cursor(name="decisions") as cursor:
        cursor.execute(query)
        while block := cursor.fetchmany(AT_A_TIME):
            yield block


def _end(database: psycopg.Connection) -> None:
    """The temporary tables would stay to the end of the transaction; another source may follow."""
    database.execute(
        "drop table if exists match_parties, match_pairs, match_found, match_scored, match_certain,"
        " match_likely"
    )
