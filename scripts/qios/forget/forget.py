"""The whole of forgetting a person, in one transaction."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Json

from qios.audit.act import acting
from qios.dbt import one_build
from qios.forget.group import merged_with, people_of, words_of
from qios.forget.marks import keep_marks
from qios.forget.others import leave_to_others
from qios.forget.rows import delete, note_rows, release
from qios.forget.staged import empty_staged, note_staged
from qios.forget.texts import forget_images, note_texts, places, redact, still_named
from qios.gate import clean_text
from qios.paths import project_root
from qios.person import person
from qios.registry.model import Registry
from qios.turns import DECIDE, take_turn

ACTION = "forget"  # the journal lets no other act take images out of it


@dataclass
class Forgotten:
    """What was done, as rows by table, and what is left.

    entities: whom it was about. others: {entity_id, display_name, shares} of who has the same name
    or address, which therefore stays. left: {table, column, rows, ids} where a word of the name
    still stands. files: {path, version_number, rows, pages} of what still holds the person outside.
    """

    entities: list[uuid.UUID]
    correlation_id: uuid.UUID | None = None
    emptied: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    released: dict[str, int] = field(default_factory=dict)
    redacted: dict[str, int] = field(default_factory=dict)
    images: int = 0
    others: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def forget(
    database: psycopg.Connection,
    entities: Sequence[uuid.UUID],
    reason: str,
    *,
    everywhere: bool = False,
    rehearse: bool = False,
) -> Forgotten:
    """Erase people and whoever was merged with them; an item of the queue is the person of its row.

    everywhere: see texts.redact. rehearse: do it, tell what it did, and take it all back.
    database: an autocommit connection. Raises UsageError where an entity is not a person.
    """
    with one_build(), database.transaction(force_rollback=rehearse):
        take_turn(database, DECIDE)
        with acting(database, ACTION, clean_text(reason)) as act:
            registry = Registry(project_root())
            people = people_of(database, registry, entities)
            done = Forgotten(merged_with(database, registry, people), act)
            _erase(database, registry, done, clean_text(reason), everywhere)
    return done


def _erase(
    database: psycopg.Connection,
    registry: Registry,
    done: Forgotten,
    reason: str,
    everywhere: bool,
) -> None:
    words = words_of(database, registry, done.entities)
    done.others = leave_to_others(database, words, done.entities)
    found = places(registry)

    note_staged(database, registry, done.entities)
    done.emptied = empty_staged(database)
    if words:
        note_texts(database, words, found)
    done.files = _files(database)

    known = note_rows(database, registry, done.entities)
    done.released = release(database, known)
    done.deleted = delete(database, known)
    _note_forgotten(database, done, reason)
    if words:
        keep_marks(database, words, done.correlation_id)
        done.redacted = redact(database, words, found, everywhere)
    done.images = forget_images(database, done.correlation_id)
    if words:
        done.left = still_named(database, words, found)
    _tell(database, done)


def _files(database: psycopg.Connection) -> list[dict[str, Any]]:
    """The files that the staged rows and texts came from."""
    with database.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            select file.id as file_id, file.path,
                coalesce(version.version_number, file.current_version_number) as version_number,
                array_remove(array_agg(distinct case
                    when noted.import_batch_id is not null then noted.row_number
                end), null) as rows,
                array_remove(array_agg(distinct case
                    when noted.import_batch_id is null then noted.row_number
                end), null) as pages
            from forgotten_staged as noted
            inner join qinexus.files as file on file.id = noted.source_file_id
            left join qinexus.import_batches as batch on batch.id = noted.import_batch_id
            left join qinexus.file_versions as version on version.id = batch.file_version_id
            group by 1, 2, 3
            order by file.path, 3
            """
        ).fetchall()


def _note_forgotten(database: psycopg.Connection, done: Forgotten, reason: str) -> None:
    database.execute(
        """
        insert into core.forgotten_entities
            (entity_id, forgotten_by, reason, correlation_id, created_by)
        select id, %(by)s, %(reason)s, %(act)s, %(by)s from unnest(%(group)s::uuid[]) as id
        """,
        {"by": person(), "reason": reason, "act": done.correlation_id, "group": done.entities},
    )


def _tell(database: psycopg.Connection, done: Forgotten) -> None:
    """The proof: how many rows of each table, and which files hold the person; nothing of them."""
    totals: dict[str, int] = defaultdict(int)
    for part in (done.emptied, done.deleted, done.released, done.redacted):
        for table, rows in part.items():
            totals[table] += rows
    proof = {
        "entities": [str(entity) for entity in done.entities],
        "emptied": done.emptied,
        "deleted": done.deleted,
        "released": done.released,
        "redacted": done.redacted,
        "images": done.images,
        "files": sorted({str(file["file_id"]) for file in done.files}),
    }
    database.execute(
        """
        insert into core.audit_events (actor, action, target_schema, target_table, row_count,
            after_image, reason, correlation_id)
        select forgotten_by, %(action)s, 'core', 'entities', %(rows)s, %(proof)s, reason, %(act)s
        from core.forgotten_entities where correlation_id = %(act)s limit 1
        """,
        {
            "action": ACTION,
            "rows": sum(totals.values()),
            "proof": Json(proof),
            "act": done.correlation_id,
        },
    )
