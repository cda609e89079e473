"""Made-up contacts, which several parts import."""

import csv
from pathlib import Path

from benches.measure import fresh_database, psql, qios

HEADINGS = (
    *("Record Id", "Contact Owner", "First Name", "Last Name", "Account Name.id", "Account Name"),
    *("Email", "Title", "Phone", "Mobile", "Mailing Street", "Mailing City", "Mailing State"),
    *("Mailing Zip", "Description"),
)


def write_contacts(path: Path, rows: int, first: int = 0) -> Path:
    """Made-up contacts in 15 columns of the Zoho CRM export, some 200 bytes a row."""
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADINGS)
        for n in range(first, first + rows):
            writer.writerow(
                (
                    *(f"zcrm_{5514002000000000000 + n}", "Robin Ashby", f"First{n % 9973}"),
                    *(f"Last{n}", f"zcrm_{5514002000300000000 + n % 5000}", f"Company {n % 5000}"),
                    *(
                        f"user{n}@example.com",
                        "Manager",
                        f"614-{200 + n // 10000 % 700}-{n % 10000:04}",
                    ),
                    *("", f"{n % 999} Main St", "Columbus", "OH", f"{43000 + n % 999}"),
                    f"Said: call after five, number {n}",
                )
            )
    return path


def staged(folder: Path, rows: int) -> str:
    """A database in which so many contacts are staged and valid, and wait to be approved."""
    name = fresh_database("staged")
    qios("register", write_contacts(folder / "staged.csv", rows), database=name)
    qios("stage", database=name)
    qios("validate", database=name)
    psql("vacuum analyze", name)
    return name
