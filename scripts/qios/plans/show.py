"""A plan as a person reads it: numbers for each table, then every field that would change."""

import uuid
from typing import Any

import psycopg
from psycopg.rows import dict_row

SHOWN = 20
"""So many changes of a kind are shown to a person; --json gives all."""

# A row is called by what names it, else by the entity that it belongs to.
CHANGES = """
    with planned as materialized (
        select target_schema || '.' || target_table as table_name, target_id, planned_change,
            values_before, values_after, conflicts, source_file_id, source_system, import_batch_id,
            coalesce(values_before, '{}') || values_after as row
        from qinexus.promotion_plan_changes
        where promotion_plan_id = %(plan)s
            and (planned_change <> 'keep' or conflicts is not null)
    )

    select planned.table_name as table, planned.target_id as id, planned.planned_change as change,
        coalesce(
            planned.row ->> 'display_name', planned.row ->> 'full_name', planned.row ->> 'name',
            planned.row ->> 'title', planned.row ->> 'account_name', planned.row ->> 'value',
            entity.display_name, new_entity.row ->> 'display_name'
        ) as label,
        (
            select jsonb_object_agg(cell.key, jsonb_build_object(
                'old', planned.values_before -> cell.key, 'new', cell.value
            ))
            from jsonb_each(planned.values_after) as cell
            where cell.key not in ('id', 'source_system', 'source_file_id', 'import_batch_id')
                and cell.value is distinct from coalesce(planned.values_before -> cell.key, 'null')
        ) as columns,
        planned.conflicts, planned.source_system as source, file.path as file,
        planned.import_batch_id as batch
    from planned
    cross join lateral (
        select coalesce(planned.row ->> 'entity_id', planned.row ->> 'source_entity_id')::uuid as id
    ) as owner
    left join core.entities as entity on entity.id = owner.id
    left join planned as new_entity
        on new_entity.target_id = owner.id and new_entity.table_name = 'core.entities'
    left join qinexus.files as file on file.id = planned.source_file_id
    order by planned.table_name, planned.planned_change, label, planned.target_id
"""


def read_plan(database: psycopg.Connection, plan: uuid.UUID) -> dict[str, Any]:
    """A plan: {plan, status, made_at, made_by, executed_at, staged_rows, tables, merges, changes}.

    tables: name → {inserted, updated, conflicts}. changes: {table, id, change, label, columns:
    {name: {old, new}}, conflicts: {name: {base, ours, theirs, file}}, source, file, batch}.
    """
    with database.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            """
            select id as plan, status, created_at as made_at, created_by as made_by, executed_at,
                staged_rows, stats as tables, planned_merges as merges
            from qinexus.promotion_plans where id = %s
            """,
            [plan],
        ).fetchone()
        return found | {"changes": cursor.execute(CHANGES, {"plan": plan}).fetchall()}


def plan_text(plan: dict[str, Any]) -> list[str]:
    """The lines that a person gets to see."""
    name = str(plan["plan"])[:8]
    batches = len(plan["staged_rows"])
    what = f"the approved rows of {batches} batches" if batches else "the merges that were decided"
    lines = [f"plan {name}: what {what} would change"]
    for table, counts in sorted(plan["tables"].items()):
        if any(counts.values()):
            said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            lines.append(f"  {table}: {said}")
    for heading, change in (("inserted", "insert"), ("updated", "update")):
        rows = [row for row in plan["changes"] if row["change"] == change]
        lines += _section(heading, [_change_text(row) for row in rows])
    disputed = [row for row in plan["changes"] if row["conflicts"]]
    lines += _section(
        "conflicts, in which the value held stays until a person decides",
        [text for row in disputed for text in _conflict_texts(row)],
    )
    merges = [f"{pair['left_name']} = {pair['right_name']}" for pair in plan["merges"]]
    lines += _section("merged, as decided", merges)
    return [*lines, f"`qios promote {name}` does exactly this, or refuses"]


def _section(heading: str, rows: list[str]) -> list[str]:
    more = len(rows) - SHOWN
    lines = [f"{heading}:", *(f"  {row}" for row in rows[:SHOWN])] if rows else []
    return [*lines, f"  … and {more} more; --json shows all"] if more > 0 else lines


def _change_text(row: dict[str, Any]) -> str:
    is_new = row["change"] == "insert"
    cells = "; ".join(
        f"{column} {value['new']}" if is_new else f"{column}: {value['old']} → {value['new']}"
        for column, value in (row["columns"] or {}).items()
        if not is_new or not column.endswith("_id")
    )
    return f"{_row_text(row)}  {cells}  ({row['source']}, {row['file']})"


def _conflict_texts(row: dict[str, Any]) -> list[str]:
    return [
        f"{_row_text(row)}  {column}: was {said['base']}, is {said['ours']}, "
        f"{row['source']} says {said['theirs']}  ({said['file']})"
        for column, said in row["conflicts"].items()
    ]


def _row_text(row: dict[str, Any]) -> str:
    return f"{row['table']} {str(row['id'])[:8]} {row['label'] or ''}".rstrip()
