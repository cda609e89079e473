"""matching: FEBRL 3 and 4 beside splink, made-up households, and two address books end to end"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benches.febrl import febrl, febrl_folder
from benches.households import Contact
from benches.measure import ROOT, fresh_database, qios, run
from benches.pairs import compared, told, true_pairs
from benches.two_books import KEPT_TWICE, YEARS_LATER, Changes, two_books
from benches.two_exports import TwoExports
from qios.matching import weights
from qios.matching.score import Scored
from qios.server import connection

SEED = 20260101
COLUMNS = (
    *("party_id", "is_new", "kind", "given_name", "family_name", "honorific_suffix", "birth_date"),
    *("emails", "phones", "addresses"),
)
OWN = {"email", "birth_date"}
"""Fields that a household does not share, or seldom."""


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
    end_to_end(folder, "kept twice", KEPT_TWICE)
    end_to_end(folder, "years later", YEARS_LATER)


def households(seed: int, size: int = 5000, shared: int = 2500) -> tuple[float, float]:
    whose: dict[uuid.UUID, int] = {}

    def parties() -> Iterator[tuple[object, ...]]:
        for at, book in enumerate(two_books(seed, size, shared)):
            for number, contact in enumerate(book):
                party = uuid.uuid5(uuid.NAMESPACE_OID, f"{at} {number}")
                whose[party] = contact.person
                yield party, at == 1, "person", *contact_cells(contact)

    found = compared(COLUMNS, parties(), weights.REVIEW)
    true = true_pairs(whose)
    certain = [pair for pair in found if pair.comparison.points >= weights.LINK]
    linked = {(pair.left, pair.right) for pair in certain}
    namesakes = {(pair.left, pair.right) for pair in certain if not OWN & agreeing(pair)}
    asked = {(pair.left, pair.right) for pair in found} - linked
    right = len(linked & true)
    precision, recall = right / len(linked), right / len(true)
    print(
        f"households {seed}: linked without a person {len(linked)}, precision {precision:.4f} "
        f"(limit .99), recall {recall:.4f} (limit .90); of them {len(namesakes)} by nothing but "
        f"their names and what a household shares, {len(namesakes - true)} of which are two; for "
        f"a person {len(asked)}, of which {len(asked & true)} are one",
        flush=True,
    )
    return precision, recall


def agreeing(pair: Scored) -> set[str]:
    """The fields in which the two agree."""
    return {compared.field for compared in pair.comparison.fields if compared.points > 0}


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


def end_to_end(
    folder: Path, how: str, changes: Changes, size: int = 5000, shared: int = 1000
) -> None:
    """Two exports of two sources through the command line, to the end."""
    name = fresh_database(f"address_books_{how.replace(' ', '_')}")
    exports = TwoExports(folder, partial(qios, database=name), SEED, size, shared, changes)
    with connection.connect(name, autocommit=True) as database:
        zoho, google = exports.ingest(database)
        linked = exports.linked(database)
        (unexplained,) = database.execute(
            "select count(*) from core.pair_decisions where explanation is null or score is null"
        ).fetchone()
        print(
            f"two exports of {size:,} contacts, {shared:,} people in both, {how}: "
            f"linked {len(linked)}, "
            f"{told(linked, exports.true)}; {unexplained} without explanation; "
            f"{zoho.seconds:.0f} s and {google.seconds:.0f} s",
            flush=True,
        )
        print(f"  {exports.finish(database)}", flush=True)
