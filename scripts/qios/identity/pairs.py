"""What was decided of two entities: that they are `same`, or `distinct`. A pair is asked of once.

A decision may be taken of entities that are not promoted yet: their ids are known from the typed
view on. One that somebody changes is withdrawn, not overwritten, so that its history stays.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psycopg
from psycopg.types.json import Jsonb

from qios.identity.questions import answer
from qios.person import POLICY

SAME, DISTINCT = "same", "distinct"
Explanation = Sequence[dict[str, object]]
"""An entry for each compared field: {field, left, right, similarity, points}; what several fields
say together has no sides and no similarity."""


@dataclass(frozen=True)
class PairDecision:
    """score: from 0 to 1, None where nobody computed one. by: a person, or `policy …`."""

    left: uuid.UUID
    right: uuid.UUID
    decision: str
    by: str
    reason: str | None = None
    score: float | None = None
    explanation: Explanation | None = None


def pair(one: uuid.UUID, other: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """The two as the table holds them: (left, right), left the one that sorts first."""
    return (one, other) if one < other else (other, one)


def decide_pair(
    database: psycopg.Connection,
    left: uuid.UUID,
    right: uuid.UUID,
    decision: str,
    by: str,
    reason: str | None = None,
    score: float | None = None,
    explanation: Explanation | None = None,
) -> bool:
    """Write a decision down; whether it is news. An other one of the pair is withdrawn by it."""
    given = PairDecision(left, right, decision, by, reason, score, explanation)
    return bool(decide_pairs(database, [given]))


def decide_pairs(database: psycopg.Connection, decisions: Iterable[PairDecision]) -> int:
    """Write decisions down, all or none; how many are news. Each pair may come once.

    An open question about such a pair is answered thereby. What a policy decided becomes the
    decision of a person who says the same.
    """
    given = [
        {
            "left": str(min(d.left, d.right)),
            "right": str(max(d.left, d.right)),
            "decision": d.decision,
            "by": d.by,
            "reason": d.reason,
            "score": d.score,
            "explanation": _with_sides(d),
        }
        for d in decisions
    ]
    with database.transaction():
        database.execute(
            """
            update core.pair_decisions as held
            set withdrawn_at = now(), status = 'withdrawn', updated_at = now(),
                updated_by = given.by
            from jsonb_to_recordset(%s)
                as given ("left" uuid, "right" uuid, decision text, by text)
            where held.left_entity_id = given."left" and held.right_entity_id = given."right"
                and held.withdrawn_at is null and held.decision <> given.decision
            """,
            [Jsonb(given)],
        )
        news = database.execute(
            """
            update core.pair_decisions as held
            set decided_by = given.by, decided_at = now(), reason = given.reason,
                updated_at = now(), updated_by = given.by
            from jsonb_to_recordset(%s)
                as given ("left" uuid, "right" uuid, decision text, by text, reason text)
            where held.left_entity_id = given."left" and held.right_entity_id = given."right"
                and held.withdrawn_at is null and held.decision = given.decision
                and starts_with(held.decided_by, %s)
                and not starts_with(given.by, %s)
            """,
            [Jsonb(given), POLICY, POLICY],
        ).rowcount
        news += database.execute(
            """
            insert into core.pair_decisions (left_entity_id, right_entity_id, decision, score,
                explanation, decided_by, decided_at, reason, created_by)
            select given."left", given."right", given.decision, given.score,
                given.explanation, given.by, now(), given.reason, given.by
            from jsonb_to_recordset(%s) as given ("left" uuid, "right" uuid, decision text,
                by text, reason text, score numeric, explanation jsonb)
            on conflict (left_entity_id, right_entity_id) where withdrawn_at is null do nothing
            """,
            [Jsonb(given)],
        ).rowcount
        answer(database, given)
    return news


def decided(database: psycopg.Connection, one: uuid.UUID, other: uuid.UUID) -> str | None:
    """The decision that holds for the pair; None where there is none."""
    row = database.execute(
        """
        select decision from core.pair_decisions
        where left_entity_id = %s and right_entity_id = %s and withdrawn_at is null
        """,
        pair(one, other),
    ).fetchone()
    return row and row[0]


def _with_sides(decision: PairDecision) -> Explanation | None:
    """The explanation with left and right as the table holds the pair."""
    if decision.explanation is None or decision.left < decision.right:
        return decision.explanation
    return [turned(entry) for entry in decision.explanation]


def turned(entry: dict[str, object]) -> dict[str, object]:
    """An entry of an explanation with its sides changed; what several fields say has none."""
    if "left" not in entry:
        return entry
    return entry | {"left": entry["right"], "right": entry["left"]}
