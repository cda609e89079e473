"""Which tables tell core.audit_events of every write, and by which triggers."""

from __future__ import annotations

from qios.registry.model import Relation

JOURNAL = "core.audit_events"
UNTOLD = ("staging", "derived", "cached")
"""Policies of tables whose rows can be made again from what is kept elsewhere."""

# `on this` stands for the table. Two events never share a trigger that reads transition tables.
TRIGGERS = {
    "audit_insert": "after insert on this referencing new table as after for each statement"
    " execute function core.note_change()",
    "audit_update": "after update on this referencing old table as before new table as after"
    " for each statement execute function core.note_change()",
    "audit_delete": "after delete on this referencing old table as before for each statement"
    " execute function core.note_change()",
    "refuse_truncate": "before truncate on this for each statement"
    " execute function core.refuse_change()",
}
JOURNAL_TRIGGERS = {
    "append_only": "before update or delete or truncate on this for each statement"
    " execute function core.refuse_change()",
}


def triggers(relation: Relation) -> dict[str, str]:
    """Name → definition of the triggers that the table has to have."""
    if relation.full_name == JOURNAL:
        return JOURNAL_TRIGGERS
    return TRIGGERS if is_audited(relation) else {}


def is_audited(relation: Relation) -> bool:
    """Whether writes to the table are told to the journal.

    Not told are rows that can be made again, and those that are themselves the record of what
    `qios` did: tables of runtime state that only its commands write.
    """
    row = relation.row
    own_record = row["source_of_truth_policy"] == "runtime" and row["written_by"] == "scripts"
    return row["source_of_truth_policy"] not in UNTOLD and not own_record
