"""Survivors: their rows show what survives of all the entities that were merged into them.

The facets of merged entities (their rows in core.people, …) stay as they are, the home of what
their sources say. The survivor's facet shows, column by column, the value that
qieos.survivorship_rules prefers. What it shows of others is noted in core.surviving_values, so that
its own value is known again; a value that differs from what is noted is a person's, and stays.
"""

import uuid
from collections.abc import Collection

import psycopg

from qios.audit.act import acting
from qios.identity.belonging import facets, links, twin_tables
from qios.identity.copies import settle_copies
from qios.identity.following import mark_what_stays
from qios.identity.surviving import settle_facet
from qios.identity.twins import Moved, settle_twins

# Promotions that `qios promote` has not noted yet: those that are new, and those of a killed run.
TOUCHED = """
    select distinct link.entity_id
    from qinexus.import_batches as batch
    inner join qinexus.source_entity_links as link on link.import_batch_id = batch.id
    where batch.status in ('validated', 'in_review', 'partially_promoted')
        and link.entity_id is not null
        and exists (select from core.entities where canonical_entity_id is not null)
"""
SURVIVORS = """
    select distinct coalesce(entity.canonical_entity_id, entity.id)
    from core.entities as entity
    where entity.id = any(%s)
        and (
            entity.canonical_entity_id is not null
            or exists (
                select from core.entities as merged where merged.canonical_entity_id = entity.id
            )
        )
"""


def settle(database: psycopg.Connection) -> int:
    """Let survivors show what the promotions since the last call said of their groups.

    Returns how many survivors were looked at. All or none.
    """
    touched = [entity for (entity,) in database.execute(TOUCHED)]
    return settle_entities(database, touched) if touched else 0


def settle_entities(database: psycopg.Connection, entities: Collection[uuid.UUID]) -> int:
    """The same for the groups of these entities, merged ones or survivors; others are nothing."""
    survivors = [entity for (entity,) in database.execute(SURVIVORS, [list(entities)])]
    if survivors:
        with acting(database, "settle"):
            settle_groups(database, survivors)
    return len(survivors)


def settle_groups(
    database: psycopg.Connection, survivors: Collection[uuid.UUID], moved: Moved | None = None
) -> None:
    """Work out the rows of survivors, inside an act. moved: rows that have just come to them."""
    mark_what_stays(database, survivors)
    for table in facets():
        settle_facet(database, table, survivors)
    for table in links():
        settle_copies(database, table, survivors)
    for table in twin_tables():
        settle_twins(database, table, survivors, (moved or {}).get(table.name, ()))
