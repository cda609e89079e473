"""matching: FEBRL 3 and 4 beside splink, made-up households, and two address books end to end"""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

from benches.address_books import write_google, write_zoho
from benches.febrl import febrl, febrl_folder
from benches.households import Contact, two_books
from benches.measure import ROOT, fresh_database, qios, run
from benches.pairs import told, true_pairs
from qios.matching import candidates, weights
from qios.matching.score import scored
from qios.server import connection

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
