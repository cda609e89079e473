"""What a promotion leaves to do: merges that were decided, and survivors that know more now."""

import psycopg

from qios.dbt import one_build
from qios.identity.decided import merge_decided
from qios.identity.survivorship import settle

WORK = """
    select exists (select from core.pair_decisions where decision = 'same' and status = 'active')
        or exists (select from core.entities where canonical_entity_id is not null)
"""


def reconcile(database: psycopg.Connection) -> int:
    """Merge what was decided to be the same, let survivors show what survives; how many merged.

    No build goes on meanwhile: its rows would come to an entity that is just being merged.
    """
    (work,) = database.execute(WORK).fetchone()
    if not work:
        return 0
    with one_build():
        merged = merge_decided(database)
        settle(database)
    return merged
