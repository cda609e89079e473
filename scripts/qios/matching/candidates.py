"""Which pairs are worth a comparison: found by PostgreSQL, by exact keys and by similar names.

The parties at hand stand in a temporary table. Among each other they are found by keys, most of
which forgive a slip in one field because others leave that field out. What is canonical already is
found through its indexes, so that the cost is that of what is new, not of what is there.
"""

import uuid
from collections.abc import Sequence

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.matching.described import Described
from qios.matching.party import ORGANIZATION
from qios.review.selection import UNDECIDED, UNFINISHED

CROWD = 50
"""A key that more parties share than this says nothing of them: a switchboard, a default date. No
search gives more than that."""

PARTIES = """
create temporary table match_parties (
    party_id uuid primary key,
    is_new boolean not null,
    is_known boolean not null default false,
    is_canonical boolean not null default false,
    kind text not null,
    source_key text,
    given_name text,
    family_name text,
    full_name text,
    honorific_suffix text,
    birth_date text,
    emails text[],
    phones text[],
    addresses text[][],
    numbers text[][],
    import_batch_id uuid,
    row_number bigint,
    match_policy text
) on commit drop
"""
"""One row for each person or organization at hand: new ones, and others that wait.

addresses: {street, extended, locality, postcode} each. numbers: {kind, issued number} each.
is_canonical: core.entities has it. is_known: it is here only because it has, and may be the same as
a new one. match_policy: that of its source.
"""

PAIRS = """
create temporary table match_pairs (
    left_id uuid,
    right_id uuid,
    primary key (left_id, right_id)
) on commit drop
"""

AMONG_EACH_OTHER = """
with

words as (
    select
        party_id, is_new, kind, emails, phones, addresses, numbers, birth_date,
        core.plain(given_name) as given,
        core.plain(family_name) as family,
        core.plain(coalesce(full_name, concat_ws(' ', given_name, family_name))) as name
    from match_parties
    where not is_known
),

keys as (
    select words.party_id, words.is_new, words.kind || key.key as key
    from words
    cross join lateral (
        select 'email ' || email as key from unnest(words.emails) as email
        union
        select 'phone ' || phone from unnest(words.phones) as phone
        union
        select 'number ' || words.numbers[at][1] || ' ' || words.numbers[at][2]
        from generate_subscripts(words.numbers, 1) as at
        union
        select 'street ' || core.plain(line)
        from generate_subscripts(words.addresses, 1) as at
        cross join lateral (
            values (words.addresses[at][1]), (words.addresses[at][2])
        ) as street (line)
        union
        select 'near ' || left(part.name, 3) || ' ' || words.addresses[at][4]
        from generate_subscripts(words.addresses, 1) as at
        cross join (values (words.given), (words.family)) as part (name)
        where part.name <> ''
        union
        select 'birth ' || words.birth_date
        union
        select 'born ' || left(part.name, 4) || ' ' || half.born
        from (values (words.given), (words.family)) as part (name)
        cross join (
            values (left(words.birth_date, 4)), (right(words.birth_date, 4))
        ) as half (born)
        where part.name <> ''
        union
        select 'names ' || least(left(words.given, 4), left(words.family, 4))
            || ' ' || greatest(left(words.given, 4), left(words.family, 4))
        where words.given <> '' and words.family <> ''
        union
        select 'ends ' || least(right(words.given, 4), right(words.family, 4))
            || ' ' || greatest(right(words.given, 4), right(words.family, 4))
        where words.given <> '' and words.family <> ''
        union
        select 'initial ' || left(words.given, 1) || ' ' || words.family
        where words.given <> '' and words.family <> ''
        union
        select 'given ' || words.given || ' ' || left(words.family, 1) || right(words.family, 1)
        where words.given <> '' and words.family <> ''
        union
        select 'name ' || words.name where words.name <> ''
    ) as key
    where key.key is not null
),

telling as (
    select key from keys group by key having count(*) between 2 and %(crowd)s and bool_or(is_new)
)

insert into match_pairs
select distinct one.party_id, other.party_id
from telling
inner join keys as one on one.key = telling.key
inner join keys as other on other.key = one.key
where one.party_id < other.party_id and (one.is_new or other.is_new)
on conflict do nothing
"""


def begin(database: psycopg.Connection) -> None:
    """Make the temporary tables, which go with the transaction; the caller fills match_parties."""
    database.execute(PARTIES)
    database.execute(PAIRS)


def note_canonical(database: psycopg.Connection) -> None:
    """Mark the parties at hand that were promoted before, by another row."""
    database.execute(
        """
        update match_parties as party set is_canonical = true
        from core.entities as entity where entity.id = party.party_id
        """
    )


def find_among_each_other(database: psycopg.Connection) -> None:
    """Put pairs of the parties at hand, one of them new, into match_pairs."""
    database.execute("analyze match_parties")
    database.execute(AMONG_EACH_OTHER, {"crowd": CROWD})


def take_in(
    database: psycopg.Connection,
    source: Source,
    told: Described,
    batches: Sequence[uuid.UUID],
) -> None:
    """Put the parties of the source's waiting rows into match_parties; those of the undecided rows
    of these batches are new. Of several rows about one entity the latest counts."""
    statement = sql.SQL(
        """
        insert into match_parties (party_id, is_new, kind, source_key, given_name, family_name,
            full_name, honorific_suffix, birth_date, emails, phones, addresses, numbers,
            import_batch_id, row_number, match_policy)
        select distinct on (row.{key})
            row.{key},
            row.import_batch_id = any(%(batches)s) and row.review_status = any(%(undecided)s),
            %(kind)s, %(source)s, {given}, {family}, {full}, {suffix}, translate({birth}, '-', ''),
            {emails}, {phones}, {addresses}, null, row.import_batch_id, row.row_number, %(policy)s
        from {view} as row
        where row.{key} is not null and row.review_status = any(%(unfinished)s)
        order by row.{key}, row.created_at desc, row.row_number desc
        on conflict (party_id) do nothing
        """
    ).format(
        key=sql.Identifier(told.key),
        given=told.one("given_name"),
        family=told.one("family_name"),
        full=told.one("organization_name" if told.kind == ORGANIZATION else "full_name"),
        suffix=told.one("honorific_suffix"),
        birth=told.one("birth_date"),
        emails=told.all("email"),
        phones=told.all("phone"),
        addresses=told.addresses(),
        view=sql.Identifier(STAGING, source.view),
    )
    values = {
        "batches": list(batches),
        "undecided": list(UNDECIDED),
        "unfinished": list(UNFINISHED),
        "kind": told.kind,
        "source": source.key,
        "policy": source.row["match_policy"],
    }
    database.execute(statement, values)


def forget_decided(database: psycopg.Connection) -> None:
    """Take out of match_pairs those about which somebody has decided, be it of others that are one
    with them, and those that are one already."""
    database.execute(
        """
        with ends as (
            select left_id as party_id from match_pairs union select right_id from match_pairs
        ),

        survivors as (
            select ends.party_id, coalesce(entity.canonical_entity_id, ends.party_id) as survivor_id
            from ends left join core.entities as entity on entity.id = ends.party_id
        ),

        members as materialized (
            select party_id, survivor_id as member_id, survivor_id from survivors
            union
            select party_id, party_id, survivor_id from survivors
            union
            select survivors.party_id, merged.id, survivors.survivor_id
            from survivors
            inner join core.entities as merged
                on merged.canonical_entity_id = survivors.survivor_id
        ),

        ends_of as (
            select pair.left_id, pair.right_id,
                one.survivor_id = other.survivor_id as are_one,
                least(one.member_id, other.member_id) as left_member_id,
                greatest(one.member_id, other.member_id) as right_member_id
            from match_pairs as pair
            inner join members as one on one.party_id = pair.left_id
            inner join members as other on other.party_id = pair.right_id
        ),

        settled as (
            select left_id, right_id from ends_of where are_one
            union
            select ends_of.left_id, ends_of.right_id
            from ends_of
            inner join core.pair_decisions as decision
                on decision.left_entity_id = ends_of.left_member_id
                    and decision.right_entity_id = ends_of.right_member_id
                    and decision.withdrawn_at is null
        )

        delete from match_pairs as pair using settled
        where pair.left_id = settled.left_id and pair.right_id = settled.right_id
        """
    )
