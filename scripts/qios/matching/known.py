"""Canonical people and organizations that may be the same as a new one, found through indexes."""

import uuid
from collections.abc import Collection

import psycopg
from psycopg import sql

from qios.matching.candidates import CROWD

SIMILAR = 0.5
"""pg_trgm's similarity from which a name or a street is a candidate."""

TOUCHED = 0.05
"""The share of a given or family name's trigrams, one in twenty, that one called alike has too: who
shares none bears another name. The index is told so, since it would else give all who share the
other half of a common name, to be read and dropped one by one."""

FOUND = """
create temporary table match_found on commit drop as

with

-- Where nobody else gave a table any rows, a search by likeness would find all and keep none.
sources as materialized (
    select
        source_key,
        exists (
            select from core.people where source_system is distinct from source_key
        ) as others_gave_people,
        exists (
            select from core.organizations where source_system is distinct from source_key
        ) as others_gave_organizations
    from (select distinct source_key from match_parties where is_new) as new_source
),

new_ones as materialized (
    select party.party_id, party.kind, party.source_key, party.emails, party.phones,
        party.birth_date, party.addresses,
        core.plain(
            coalesce(party.full_name, concat_ws(' ', party.given_name, party.family_name))
        ) as name,
        substring(core.plain(party.given_name) from '.*[[:alnum:]].*') as given,
        substring(core.plain(party.family_name) from '.*[[:alnum:]].*') as family,
        case party.kind when 'person' then sources.others_gave_people
            else sources.others_gave_organizations end as others_gave
    from match_parties as party
    inner join sources on sources.source_key is not distinct from party.source_key
    where party.is_new
),

reached as (
    select new_ones.party_id, value, 'email' as identifier_type
    from new_ones cross join lateral unnest(new_ones.emails) as value
    union
    select new_ones.party_id, value, identifier_type
    from new_ones
    cross join lateral unnest(new_ones.phones) as value
    cross join (values ('phone'), ('mobile')) as telephone (identifier_type)
),

by_reach as (
    select reached.party_id, identifier.entity_id
    from reached
    cross join lateral (
        select held.entity_id from core.identifiers as held
        where held.identifier_type = reached.identifier_type and held.value = reached.value
            and held.ended_at is null
        limit %(crowd)s
    ) as identifier
),

-- Whoever gave a source its people knew them by name: only others are sought for in it by likeness.
-- Those of the very name come first: where they are a crowd, those named alike are not looked for.
people_by_name as (
    select sought.party_id, person.entity_id
    from new_ones as sought
    cross join lateral (
        select held.entity_id from core.people as held
        where core.plain(held.full_name) = sought.name
            and held.source_system is distinct from sought.source_key
        union all
        select held.entity_id from core.people as held
        where core.plain(held.full_name) operator(core.%%) sought.name
            and core.plain(held.full_name) operator(core.%%>) coalesce(sought.given, sought.name)
            and core.plain(held.full_name) operator(core.%%>) coalesce(sought.family, sought.name)
            and core.plain(held.full_name) <> sought.name
            and held.source_system is distinct from sought.source_key
        limit %(crowd)s
    ) as person
    where sought.others_gave and sought.kind = 'person' and sought.name <> ''
),

people_by_birth as (
    select new_ones.party_id, person.entity_id
    from new_ones
    cross join lateral (
        select held.entity_id from core.people as held
        where held.birth_date = new_ones.birth_date::date
            and held.source_system is distinct from new_ones.source_key
        limit %(crowd)s
    ) as person
    where new_ones.others_gave and new_ones.kind = 'person'
        and pg_input_is_valid(new_ones.birth_date, 'date')
),

people_by_street as (
    select new_ones.party_id, location.entity_id
    from new_ones
    cross join lateral generate_subscripts(new_ones.addresses, 1) as at
    cross join lateral (
        select held.entity_id from core.locations as held
        where core.plain(held.street_address)
                operator(core.%%) core.plain(new_ones.addresses[at][1])
            and held.postal_code = new_ones.addresses[at][4]
            and held.source_system is distinct from new_ones.source_key
            and held.ended_at is null
        limit %(crowd)s
    ) as location
    where new_ones.others_gave
),

organizations_by_name as (
    select new_ones.party_id, organization.entity_id
    from new_ones
    cross join lateral (
        select held.entity_id from core.organizations as held
        where core.plain(held.name) = new_ones.name
            and held.source_system is distinct from new_ones.source_key
        union all
        select held.entity_id from core.organizations as held
        where core.plain(held.name) operator(core.%%) new_ones.name
            and core.plain(held.name) <> new_ones.name
            and held.source_system is distinct from new_ones.source_key
        limit %(crowd)s
    ) as organization
    where new_ones.others_gave and new_ones.kind = 'organization' and new_ones.name <> ''
)

select found.party_id, found.entity_id, entity.entity_type as kind
from (
    select * from by_reach
    union select * from people_by_name
    union select * from people_by_birth
    union select * from people_by_street
    union select * from organizations_by_name
) as found
inner join new_ones on new_ones.party_id = found.party_id
inner join core.entities as entity
    on entity.id = found.entity_id and entity.entity_type = new_ones.kind
where found.entity_id <> found.party_id and entity.canonical_entity_id is null
"""

HELD = """
insert into match_parties (party_id, is_new, is_known, is_canonical, kind, source_key, given_name,
    family_name, full_name, honorific_suffix, birth_date, emails, phones, addresses,
    import_batch_id)
select entity.id, %(is_new)s, not %(is_new)s, true, entity.entity_type, entity.source_system,
    person.given_name, person.family_name, coalesce(person.full_name, organization.name),
    person.honorific_suffix, translate(person.birth_date::text, '-', ''), reached.emails,
    reached.phones, located.addresses, told.import_batch_id
from ({wanted}) as wanted (entity_id)
inner join core.entities as entity on entity.id = wanted.entity_id
left join lateral (
    select import_batch_id from qinexus.source_entity_links
    where entity_id = wanted.entity_id order by created_at desc, id limit 1
) as told on %(is_new)s
left join core.people as person on person.entity_id = wanted.entity_id
left join core.organizations as organization on organization.entity_id = wanted.entity_id
left join lateral (
    select
        array_agg(value) filter (where identifier_type = 'email') as emails,
        array_agg(value) filter (where identifier_type in ('phone', 'mobile', 'fax')) as phones
    from core.identifiers
    where entity_id = wanted.entity_id and ended_at is null
) as reached on true
left join lateral (
    select array_agg(array[street_address, extended_address, locality, postal_code]) as addresses
    from core.locations
    where entity_id = wanted.entity_id and ended_at is null
) as located on true
on conflict (party_id) do nothing
"""
FOUND_ONES = sql.SQL("select distinct entity_id from match_found")
SURVIVORS = sql.SQL(
    "select distinct coalesce(canonical_entity_id, id) from core.entities"
    " where id = any(%(entities)s)"
)


def find_known(database: psycopg.Connection) -> None:
    """Put pairs of a new party and a canonical entity into match_pairs, and that entity into
    match_parties, as the canonical tables have it."""
    database.execute(
        """
        select set_config('pg_trgm.similarity_threshold', %s, true),
            set_config('pg_trgm.word_similarity_threshold', %s, true)
        """,
        [str(SIMILAR), str(TOUCHED)],
    )
    database.execute(FOUND, {"crowd": CROWD})
    database.execute(sql.SQL(HELD).format(wanted=FOUND_ONES), {"is_new": False})
    database.execute(
        """
        insert into match_pairs
        select distinct least(party_id, entity_id), greatest(party_id, entity_id)
        from match_found
        on conflict do nothing
        """
    )


def hold_as_new(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> None:
    """Put canonical people and organizations, or those they are one with, into match_parties as if
    they were new."""
    given = {"is_new": True, "entities": list(entities)}
    database.execute(sql.SQL(HELD).format(wanted=SURVIVORS), given)
