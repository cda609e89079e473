"""qiaccess.classification_queue: an item for each staged row that waits for a person.

A batch is one table of one file, so batch and row number name a row in all landing tables; the
item's id is made of them, and validating a batch again changes nothing that is as it was.
"""

import uuid
from collections.abc import Sequence

import psycopg
from psycopg import sql

from qios.intake.landing import STAGING
from qios.intake.sources import Source
from qios.review.proposals import proposal
from qios.review.rows import Numbers
from qios.review.selection import OPEN, UNDECIDED, Selection

DUPLICATE = "duplicate_candidate"
"""The problem code, and the reason to wait, of a row that may tell of a known entity."""

CONFLICT, CAPTURE = "conflict", "capture"
"""The reasons to wait of what is no staged row."""


def item_id(*columns: str) -> sql.Composable:
    """The id of an item, as an expression over the columns (`relation.name` or `name`) that say
    what it asks about: batch and row number, or the two entities of a pair, in their order."""
    names = sql.SQL(", ").join(sql.Identifier(*column.split(".")) for column in columns)
    return sql.SQL("md5(concat_ws(chr(31), 'qiaccess.classification_queue', {}))::uuid").format(
        names
    )


# Candidate, score and explanation are those that matching has found, as long as a row waits for it.
FILL = sql.SQL(
    """
    with proposed as (
        select row.import_batch_id, row.row_number, row.row_key,
            %(source)s as source_system, row.source_file_id, row.problem_codes,
            {schema} as target_schema, {table} as target_table, {record} as target_id
        from {view} as row
        where row.import_batch_id = any(%(batches)s) and row.review_status = any(%(waits)s)
    )

    insert into qiaccess.classification_queue as item
        (id, staging_table, import_batch_id, row_number, row_key, source_system,
        source_file_id, target_schema, target_table, proposed_action, target_id,
        waiting_reason, problem_codes)
    select {item_id},
        %(landing)s, import_batch_id, row_number, row_key, source_system, source_file_id,
        target_schema, target_table,
        case
            when %(duplicate)s = any(problem_codes) then 'match'
            when target_id is null then 'new'
            else 'update'
        end,
        target_id,
        case
            when %(duplicate)s = any(problem_codes) then %(duplicate)s
            when problem_codes <> '{{}}' then 'problems'
            else 'policy'
        end,
        problem_codes
    from proposed
    on conflict (import_batch_id, row_number) do update set
        row_key = excluded.row_key,
        source_file_id = excluded.source_file_id,
        target_schema = excluded.target_schema,
        target_table = excluded.target_table,
        proposed_action = excluded.proposed_action,
        target_id = excluded.target_id,
        waiting_reason = excluded.waiting_reason,
        problem_codes = excluded.problem_codes,
        (candidate_entity_id, score, explanation) = (
            select item.candidate_entity_id, item.score, item.explanation
            where excluded.waiting_reason = %(duplicate)s
        ),
        updated_at = now()
    where item.status = any(%(open)s)
        and (item.source_file_id, item.target_schema, item.target_table, item.proposed_action,
            item.target_id, item.waiting_reason, item.problem_codes)
        is distinct from (excluded.source_file_id, excluded.target_schema,
            excluded.target_table, excluded.proposed_action, excluded.target_id,
            excluded.waiting_reason, excluded.problem_codes)
    """
)


def fill(database: psycopg.Connection, source: Source, batches: Sequence[uuid.UUID]) -> int:
    """Have the rows of these batches that wait for a person wait in the queue; items written.

    What the source's policy is about to approve does not wait.
    """
    waits = ["needs_review"] if source.approves_valid_rows else list(UNDECIDED)
    expressions = proposal(source)
    values = {
        "batches": list(batches),
        "waits": waits,
        "landing": source.landing,
        # Not the view's: sources that tell of the same records share that.
        "source": source.key,
        "duplicate": DUPLICATE,
        "open": list(OPEN),
    }
    return database.execute(
        FILL.format(
            item_id=item_id("import_batch_id", "row_number"),
            schema=expressions["target_schema"],
            table=expressions["target_table"],
            record=expressions["target_id"],
            view=sql.Identifier(STAGING, source.view),
        ),
        values,
    ).rowcount


def withdraw(database: psycopg.Connection, landing: str) -> int:
    """Withdraw the open items of `staging.<landing>` whose rows do not wait any more: superseded,
    approved by a policy, undone with their batch; their number. Its cost is what is open."""
    statement = sql.SQL(
        """
        update qiaccess.classification_queue as item
        set status = 'withdrawn', updated_at = now()
        where item.staging_table = %(landing)s and item.status = any(%(open)s)
            and item.row_number is not null and not exists (
                select from {} as row
                where row.import_batch_id = item.import_batch_id
                    and row.row_number = item.row_number
                    and row.review_status = any(%(undecided)s)
            )
        """
    ).format(sql.Identifier(STAGING, landing))
    values = {"landing": landing, "open": list(OPEN), "undecided": list(UNDECIDED)}
    return database.execute(statement, values).rowcount


def staged_numbers(database: psycopg.Connection, selection: Selection) -> dict[str, Numbers]:
    """Landing table -> the staged rows about which the selected items are."""
    condition, values = selection.item_condition()
    statement = sql.SQL(
        """
        select item.staging_table, item.import_batch_id, array_agg(item.row_number)
        from qiaccess.classification_queue as item
        where item.staging_table is not null and item.row_number is not null and {}
        group by 1, 2
        """
    ).format(condition)
    found: dict[str, Numbers] = {}
    for landing, batch, numbers in database.execute(statement, values):
        found.setdefault(landing, {})[batch] = numbers
    return found


def close(
    database: psycopg.Connection,
    found: Numbers,
    decision: dict[str, object],
    duplicates_are: str | None = None,
) -> None:
    """Write the decision about staged rows down at their open items.

    decision: {status, by, reason}, the status being the one that the rows were given.
    duplicates_are: what was decided of those that may tell of a known entity.
    """
    statement = """
        update qiaccess.classification_queue
        set status = 'decided', decided_at = now(), decided_by = %(by)s,
            decision_reason = %(reason)s, updated_at = now(),
            decision = case
                when %(status)s = 'rejected' then 'reject'
                when waiting_reason = %(duplicate)s then %(duplicates_are)s
                else proposed_action
            end
        where import_batch_id = %(batch)s and row_number = any(%(numbers)s)
            and status = any(%(open)s)
    """
    said = decision | {
        "duplicate": DUPLICATE,
        "duplicates_are": duplicates_are,
        "open": list(OPEN),
    }
    for batch, numbers in found.items():
        database.execute(statement, said | {"batch": batch, "numbers": numbers})
