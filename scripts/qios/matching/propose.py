"""Who of a batch may be known already: certain matches are decided by the source's policy, likely
ones wait for a person."""

import uuid
from collections.abc import Iterator, Sequence

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from qios.identity.pairs import SAME, PairDecision, decide_pairs
from qios.intake.landing import STAGING
from qios.intake.sources import Source, reviewed_sources
from qios.matching import weights
from qios.matching.candidates import begin, find_among_each_other, forget_decided, take_in
from qios.matching.described import described
from qios.matching.known import find_known
from qios.matching.score import scored
from qios.review.queue import DUPLICATE

OFF = "off"
BY_POLICY = "policy match"
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
    select scored.*, is_new.party_id as new_id,
        case when is_new.party_id = scored.left_id then scored.right_id else scored.left_id end
            as other_id
    from match_scored as scored
    inner join match_parties as is_new
        on is_new.party_id in (scored.left_id, scored.right_id)
            and is_new.is_new and is_new.match_policy = 'link'
    where scored.points >= %(link)s
),

-- Father and son are not one because somebody fits both: where two that nobody holds for one would
-- become one by a third, a person is asked.
ambiguous as (
    select distinct one.new_id
    from linked as one
    inner join linked as another
        on another.new_id = one.new_id and another.other_id > one.other_id
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

select distinct left_id, right_id, score, explanation
from linked
where new_id not in (select ambiguous.new_id from ambiguous)
"""

LIKELY = """
create temporary table match_likely on commit drop as

with

asked as (
    select asking.party_id, asking.kind, asking.import_batch_id, asking.row_number,
        asking.source_key, scored.points, scored.score, scored.explanation,
        asking.party_id = scored.left_id as is_left,
        case when asking.party_id = scored.left_id then scored.right_id else scored.left_id end
            as candidate_id
    from match_scored as scored
    inner join match_parties as asking
        on asking.party_id in (scored.left_id, scored.right_id) and asking.is_new
    inner join match_parties as candidate
        on candidate.party_id in (scored.left_id, scored.right_id)
            and candidate.party_id <> asking.party_id
    -- Of two new ones the one that is staged later asks about the other.
    where not candidate.is_new
        or (candidate.import_batch_id, candidate.row_number, candidate.party_id)
            < (asking.import_batch_id, asking.row_number, asking.party_id)
)

select distinct on (asked.import_batch_id, asked.row_number)
    asked.*,
    md5(concat_ws(chr(31), 'qiaccess.classification_queue', asked.import_batch_id,
        asked.row_number))::uuid as item_id
from asked
where asked.kind = 'person'
    and not exists (
        select from match_certain as certain
        where asked.party_id in (certain.left_id, certain.right_id)
    )
order by asked.import_batch_id, asked.row_number, asked.points desc, asked.candidate_id
"""


def propose(database: psycopg.Connection, source: Source, batches: Sequence[uuid.UUID]) -> int:
    """Look for whom the undecided rows of these batches may tell of; how many rows have to wait.

    To be called in a transaction, once their values are read. A pair about which somebody has
    decided is not looked at again. Rows that wait get the problem code `duplicate_candidate`, and
    an item in the queue with the best candidate, its score and the explanation.
    """
    if source.row["match_policy"] == OFF or not described(source):
        return 0
    begin(database)
    for told in described(source):
        take_in(database, source, told, batches)
    if not database.execute("select exists (select from match_parties where is_new)").fetchone()[0]:
        _end(database)
        return 0
    for other in reviewed_sources():
        if other is not source and other.row["match_policy"] != OFF:
            for told in described(other):
                take_in(database, other, told, ())
    find_among_each_other(database)
    find_known(database)
    forget_decided(database)
    _score(database)
    _link(database)
    number = _ask(database, source)
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


def _ask(database: psycopg.Connection, source: Source) -> int:
    """Have the rows with a likely match, and none that is certain, wait for a person."""
    database.execute(LIKELY)
    database.execute(
        """
        insert into qiaccess.classification_queue as item
            (id, staging_table, import_batch_id, row_number, source_system, target_schema,
            target_table, proposed_action, candidate_entity_id, score, explanation, waiting_reason,
            problem_codes)
        select likely.item_id, %(landing)s, likely.import_batch_id, likely.row_number,
            likely.source_key, 'core', 'people', 'match', likely.candidate_id, likely.score,
            case when likely.is_left then likely.explanation else (
                select jsonb_agg(case when entry ? 'left' then entry || jsonb_build_object(
                    'left', entry -> 'right', 'right', entry -> 'left') else entry end
                    order by place)
                from jsonb_array_elements(likely.explanation)
                    with ordinality as told (entry, place)
            ) end,
            %(code)s, array[%(code)s]
        from match_likely as likely
        on conflict (import_batch_id, row_number) do update set
            proposed_action = excluded.proposed_action,
            candidate_entity_id = excluded.candidate_entity_id,
            score = excluded.score,
            explanation = excluded.explanation,
            waiting_reason = excluded.waiting_reason,
            updated_at = now()
        where item.status <> 'decided'
            and (item.candidate_entity_id, item.score, item.explanation) is distinct from
                (excluded.candidate_entity_id, excluded.score, excluded.explanation)
        """,
        {"landing": source.landing, "code": DUPLICATE},
    )
    statement = sql.SQL(
        """
        update {} as row set problem_codes = array_append(row.problem_codes, %s)
        from match_likely as likely
        where row.import_batch_id = likely.import_batch_id and row.row_number = likely.row_number
        """
    ).format(sql.Identifier(STAGING, source.landing))
    return database.execute(statement, [DUPLICATE]).rowcount


def _end(database: psycopg.Connection) -> None:
    """The temporary tables would stay to the end of the transaction; another source may follow."""
    database.execute(
        "drop table if exists match_parties, match_pairs, match_found, match_scored, match_certain,"
        " match_likely"
    )
