"""The two made-up address books as the exports of two sources."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from benches.households import Contact

ZOHO = (
    *("Record Id", "Account Name", "First Name", "Last Name", "Date of Birth", "Email", "Phone"),
    *("Mobile", "Mailing Street", "Mailing City", "Mailing Zip"),
)
GOOGLE = (
    *("First Name", "Middle Name", "Last Name", "Name Suffix", "Organization Name", "Birthday"),
    *("Labels", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value"),
    *("Phone 2 - Label", "Phone 2 - Value", "Address 1 - Label", "Address 1 - Street"),
    *("Address 1 - City", "Address 1 - Postal Code"),
)


def write_zoho(path: Path, contacts: Sequence[Contact]) -> Path:
    def row(number: int, contact: Contact) -> tuple[object, ...]:
        first, second = (*contact.phones, "", "")[:2]
        return (
            *(f"zcrm_{5514002000000000000 + number}", contact.company, contact.given),
            *(" ".join((contact.family, contact.suffix)).strip(), contact.birth or ""),
            *(contact.email, first, second, contact.street, contact.town, contact.postcode),
        )

    return _write(path, ZOHO, (row(n, contact) for n, contact in enumerate(contacts)))


def write_google(path: Path, contacts: Sequence[Contact]) -> Path:
    def row(contact: Contact) -> tuple[object, ...]:
        first, second = (*contact.phones, "", "")[:2]
        return (
            *(contact.given, "", contact.family, contact.suffix, contact.company),
            *(contact.birth or "", "* myContacts", "Home", contact.email, "Mobile", first),
            *("Home", second, "Home", contact.street, contact.town, contact.postcode),
        )

    return _write(path, GOOGLE, map(row, contacts))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path
