"""Who may be one and is not certain to be: asked of a person, and a row waits only where it has to.

A row about somebody who is not canonical yet waits for the answer, since what it becomes depends on
it. Of whom core.entities has already, and of organizations, the question is one about two entities:
an item of its own, for which no row waits. Whichever answer comes, it is carried out on both.

One question is asked of somebody at a time, about the likeliest candidate. The others are deferred
until it is denied, or the link is taken back that answered it, and then asked about the two
entities, the next likeliest first.
"""

import uuid
from collections.abc import Collection

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.matching.candidates import PAIRS, forget_decided
from qios.matching.party import PERSON
from qios.review.queue import DUPLICATE, item_id

WAITING, DEFERRED = "waiting", "deferred"

LIKELY = sql.SQL(
    """
    create temporary table match_likely on commit drop as

    with

    asked as (
        select asking.party_id, asking.import_batch_id, asking.row_number, asking.source_key,
            asking.kind = %(person)s and not asking.is_canonical as holds_row,
            scored.points, scored.score, scored.left_id, scored.right_id,
            case when asking.party_id = scored.left_id then scored.right_id
                else scored.left_id end as candidate_id,
            case when asking.party_id = scored.left_id then scored.explanation else (
                select jsonb_agg(case when entry ? 'left' then entry || jsonb_build_object(
                    'left', entry -> 'right', 'right', entry -> 'left') else entry end
                    order by place)
                from jsonb_array_elements(scored.explanation)
                    with ordinality as told (entry, place)
            ) end as explanation
        from match_scored as scored
        inner join match_parties as asking
            on asking.party_id in (scored.left_id, scored.right_id) and asking.is_new
        inner join match_parties as candidate
            on candidate.party_id in (scored.left_id, scored.right_id)
                and candidate.party_id <> asking.party_id
        -- Of two new ones that asks which is not canonical yet, else the one that is staged later.
        where (
                not candidate.is_new
                or (not candidate.is_canonical, candidate.import_batch_id, candidate.row_number,
                    candidate.party_id)
                    < (not asking.is_canonical, asking.import_batch_id, asking.row_number,
                    asking.party_id)
            )
            and not exists (
                select from qiaccess.classification_queue as item
                where asking.is_canonical and item.candidate_entity_id = asking.party_id
                    and item.import_batch_id = candidate.import_batch_id
                    and item.row_number = candidate.row_number
                    and item.status in ('waiting', 'assigned')
            )
    ),

    linked as (
        select party.party_id
        from match_parties as party
        inner join core.pair_decisions as decided on decided.left_entity_id = party.party_id
        where decided.decision = 'same' and decided.withdrawn_at is null
        union
        select party.party_id
        from match_parties as party
        inner join core.pair_decisions as decided on decided.right_entity_id = party.party_id
        where decided.decision = 'same' and decided.withdrawn_at is null
    ),

    -- Whoever is linked has an answer to the first question.
    placed as (
        select asked.*,
            row_number() over (
                partition by asked.party_id order by asked.points desc, asked.candidate_id
            ) + case when linked.party_id is null then 0 else 1 end as place
        from asked
        left join linked on linked.party_id = asked.party_id
        where not exists (
                select from match_certain as certain
                where certain.left_id = asked.left_id and certain.right_id = asked.right_id
            )
    )

    select asked.party_id, asked.import_batch_id, asked.row_number, asked.source_key,
        asked.holds_row and asked.place = 1 as holds_row,
        asked.score, asked.explanation, asked.candidate_id,
        case when asked.place = 1 then %(waiting)s else %(deferred)s end as status,
        case when asked.holds_row and asked.place = 1 then {of_row} else {of_pair} end as item_id
    from placed as asked
    """
).format(
    of_row=item_id("asked.import_batch_id", "asked.row_number"),
    of_pair=item_id("asked.left_id", "asked.right_id"),
)

# What is decided about a row stays so. A question about entities is here because no decision holds.
ASK = """
    insert into qiaccess.classification_queue as item
        (id, staging_table, import_batch_id, row_number, source_system, target_schema,
        target_table, target_id, proposed_action, candidate_entity_id, score, explanation,
        raising_batch_ids, waiting_reason, problem_codes, status)
    select likely.item_id,
        case when likely.holds_row then %(landing)s end,
        likely.import_batch_id,
        case when likely.holds_row then likely.row_number end,
        likely.source_key, 'core',
        case when likely.holds_row then 'people' else 'entities' end,
        case when not likely.holds_row then likely.party_id end,
        'match', likely.candidate_id, likely.score, likely.explanation,
        case when not likely.holds_row then array[likely.import_batch_id] end,
        %(code)s, array[%(code)s], likely.status
    from match_likely as likely
    on conflict (id) do update set
        import_batch_id = excluded.import_batch_id,
        source_system = excluded.source_system,
        target_id = excluded.target_id,
        proposed_action = excluded.proposed_action,
        candidate_entity_id = excluded.candidate_entity_id,
        score = excluded.score,
        explanation = excluded.explanation,
        raising_batch_ids = case
            when item.status in ('decided', 'withdrawn') then excluded.raising_batch_ids
            else array_remove(item.raising_batch_ids, excluded.import_batch_id)
                || excluded.raising_batch_ids
        end,
        waiting_reason = excluded.waiting_reason,
        status = case
            when item.status in ('waiting', 'assigned') then item.status else excluded.status
        end,
        decision = null, decided_at = null, decided_by = null, decision_reason = null,
        updated_at = now()
    where (item.status <> 'decided' or item.row_number is null)
        and (
            (item.candidate_entity_id, item.score, item.explanation)
                is distinct from
                (excluded.candidate_entity_id, excluded.score, excluded.explanation)
            or item.status not in ('waiting', 'assigned', excluded.status)
            or not coalesce(item.raising_batch_ids, '{}') @> excluded.raising_batch_ids
        )
"""

# Of whom a question is open already, or somebody is known to be the same, no other is asked.
NEXT = """
    with candidates as (
        select distinct on (item.target_id) item.id
        from qiaccess.classification_queue as item
        inner join match_pairs as pair
            on pair.left_id = least(item.target_id, item.candidate_entity_id)
                and pair.right_id = greatest(item.target_id, item.candidate_entity_id)
        where item.status = %(deferred)s and item.target_id = any(%(parties)s)
            and not exists (
                select from qiaccess.classification_queue as other
                where other.target_id = item.target_id and other.staging_table is null
                    and other.waiting_reason = %(code)s
                    and other.status in ('waiting', 'assigned')
            )
            and not exists (
                select from core.pair_decisions as decided
                where item.target_id in (decided.left_entity_id, decided.right_entity_id)
                    and decided.decision = 'same' and decided.withdrawn_at is null
            )
        order by item.target_id, item.score desc, item.candidate_entity_id
    )

    update qiaccess.classification_queue as item set status = %(waiting)s, updated_at = now()
    from candidates where candidates.id = item.id
"""


def ask(database: psycopg.Connection, source: Source | None) -> int:
    """Ask about the likely matches of each; how many rows of the source wait.

    Of those who have none that is certain the best is asked; the others are deferred. Rows that
    wait get the problem code `duplicate_candidate`.
    """
    database.execute(LIKELY, {"person": PERSON, "waiting": WAITING, "deferred": DEFERRED})
    database.execute(ASK, {"landing": source and source.landing, "code": DUPLICATE})
    if source is None:
        return 0
    statement = sql.SQL(
        """
        update {} as row set problem_codes = array_append(row.problem_codes, %s)
        from match_likely as likely
        where likely.holds_row and row.import_batch_id = likely.import_batch_id
            and row.row_number = likely.row_number
        """
    ).format(sql.Identifier(STAGING, source.landing))
    return database.execute(statement, [DUPLICATE]).rowcount


def ask_next(database: psycopg.Connection, parties: Collection[uuid.UUID]) -> int:
    """Ask about the next likely match of each of these, whose best was denied; how many questions
    that makes. What is settled by then is not asked."""
    said = {"parties": list(parties), "code": DUPLICATE, "waiting": WAITING, "deferred": DEFERRED}
    database.execute(PAIRS)
    database.execute(
        """
        insert into match_pairs
        select distinct
            least(target_id, candidate_entity_id), greatest(target_id, candidate_entity_id)
        from qiaccess.classification_queue
        where status = %(deferred)s and target_id = any(%(parties)s)
        """,
        said,
    )
    forget_decided(database)
    asked = database.execute(NEXT, said).rowcount
    database.execute("drop table match_pairs")
    return asked
