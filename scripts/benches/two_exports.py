"""Two exports of two sources with people in both, brought through the command line to the end: what
the policy links, what a person is asked, and what is canonical once somebody who knows has answered
all questions and looked through the links."""

import csv
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from benches.address_books import write_google, write_zoho
from benches.households import Contact
from benches.pairs import Pair, true_pairs
from benches.two_books import Changes, two_books
from qios.identity.references import Finding, findings

Run = Callable[..., Any]
"""Runs `qios` with these arguments; its end is waited for, and has to be a good one."""

STAGED = """
    select source_system, row_number, entity_id from staging.zoho_contacts
    union all
    select source_system, row_number, entity_id from staging.google_contacts
"""
LINKS = """
    select id::text, left_entity_id, right_entity_id
    from core.pair_decisions
    where decision = 'same' and withdrawn_at is null and starts_with(decided_by, 'policy ')
"""
# Of a row that waits the entity is in its typed view.
ASKED = """
    with staged as (
        select import_batch_id, row_number, entity_id from staging.zoho_contacts
        union all
        select import_batch_id, row_number, entity_id from staging.google_contacts
    )

    select item.id::text, coalesce(staged.entity_id, item.target_id), item.candidate_entity_id
    from qiaccess.classification_queue as item
    left join staged using (import_batch_id, row_number)
    where item.waiting_reason = 'duplicate_candidate' and item.status in ('waiting', 'assigned')
"""
CANONICAL = "select id, coalesce(canonical_entity_id, id) from core.entities where id = any(%s)"


@dataclass(frozen=True)
class Outcome:
    """taken_back: links of the policy that were wrong. asked_again: how often a pair came back that
    was asked about. mixed: pairs that are one and should be two. split: pairs that were linked, or
    found to be one by a person, and are two. missed: pairs that nobody linked or asked about, and
    of them those who share no way to reach them."""

    taken_back: int
    rounds: int
    asked: int
    asked_again: int
    asked_true: int
    entities: int
    people: int
    mixed: int
    split: int
    missed: int
    strangers: int
    dangling: list[Finding]

    def __str__(self) -> str:
        return (
            f"a person took {self.taken_back} links back and was asked about {self.asked} pairs in "
            f"{self.rounds} rounds, {self.asked_true} of them one, {self.asked_again} again; then "
            f"{self.entities} entities for {self.people} people: {self.mixed} pairs are one and "
            f"should be two, {self.split} are two although linked or asked about, {self.missed} "
            f"were missed, {self.strangers} of which share neither address, telephone nor e-mail; "
            f"references that lead nowhere: {len(self.dangling)}"
        )


@dataclass
class TwoExports:
    """folder: takes the exports. shared: so many people of the first are in the second as well.
    changes: what the second has otherwise. told: entity -> what the export says of it; that tells
    who it really is."""

    folder: Path
    run: Run
    seed: int
    size: int
    shared: int
    changes: Changes
    told: dict[uuid.UUID, Contact] = field(default_factory=dict)

    @property
    def true(self) -> set[Pair]:
        return true_pairs({entity: contact.person for entity, contact in self.told.items()})

    def ingest(self, database: psycopg.Connection) -> tuple[Any, Any]:
        """Bring both in; what the two runs gave."""
        books = two_books(self.seed, self.size, self.shared, self.changes)
        first = self.run("ingest", write_zoho(self.folder / "zoho.csv", books[0]))
        second = self.run("ingest", write_google(self.folder / "google.csv", books[1]))
        of_source = dict(zip(("zoho_contacts", "google_contacts"), books, strict=True))
        self.told = {
            entity: of_source[source][number - 1]
            for source, number, entity in database.execute(STAGED)
        }
        return first, second

    def linked(self, database: psycopg.Connection) -> set[Pair]:
        """The pairs that the policy links, and nobody has looked at."""
        return {(left, right) for _, left, right in database.execute(LINKS)}

    def finish(self, database: psycopg.Connection) -> Outcome:
        """Look through what the policy linked, and answer all that is asked until nothing is."""
        linked = self.linked(database)
        taken_back = linked - self.true
        self.decide(database, LINKS, "--linked")
        rounds: list[set[Pair]] = []
        while answered := self.decide(database, ASKED, "--reason", "duplicate_candidate"):
            rounds.append(answered)
        asked = set().union(*rounds)
        people, one = self.canonical(database)
        apart = self.true - one
        missed = apart - linked - asked
        return Outcome(
            taken_back=len(taken_back),
            rounds=len(rounds),
            asked=len(asked),
            asked_again=sum(map(len, rounds)) - len(asked),
            asked_true=len(asked & self.true),
            entities=people,
            people=len({contact.person for contact in self.told.values()}),
            mixed=len(one - self.true),
            split=len(apart - missed),
            missed=len(missed),
            strangers=sum(not in_common(*map(self.told.get, pair)) for pair in missed),
            dangling=findings(database),
        )

    def decide(
        self, database: psycopg.Connection, items: LiteralString, *selected: str
    ) -> set[Pair]:
        """Decide about the selected items by the truth, in a spreadsheet; the pairs they are about.
        items: the query for them."""
        pairs = {item: pair for item, *pair in database.execute(items)}
        if pairs:
            sheet = self.folder / "decisions.csv"
            self.run("review", "export", sheet, *selected)
            fill(sheet, {item: self.are_one(*pair) for item, pair in pairs.items()})
            self.run("review", "import", sheet)
            self.run("promote")
            sheet.unlink()
        return {(min(pair), max(pair)) for pair in pairs.values()}

    def are_one(self, one: uuid.UUID, other: uuid.UUID) -> bool:
        return self.told[one].person == self.told[other].person

    def canonical(self, database: psycopg.Connection) -> tuple[int, set[Pair]]:
        """How many people are canonical, and the pairs of staged ones that are one of them."""
        canonical = dict(database.execute(CANONICAL, [list(self.told)]).fetchall())
        return len(set(canonical.values())), true_pairs(canonical)


def in_common(one: Contact, other: Contact) -> set[str]:
    """The ways to reach somebody that two contacts have in common."""
    ways = ({c.email, c.street, *c.phones} - {""} for c in (one, other))
    return set.intersection(*ways)


def fill(sheet: Path, is_match: dict[str, bool]) -> None:
    """Write the decisions into a spreadsheet of `qios review export`. is_match: item -> whether
    its two are one."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        lines = list(reader)
    for line in lines:
        line["decision"] = "match" if is_match[line["item"]] else "new"
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, reader.fieldnames)
        writer.writeheader()
        writer.writerows(lines)
