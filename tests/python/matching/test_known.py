"""Who among the canonical people may be a new one, as its name says."""

import uuid
from collections.abc import Iterable

import psycopg
import pytest

from qios.matching import candidates, known
from qios.server import connection

ADA = uuid.uuid5(uuid.NAMESPACE_OID, "Ada")


def hold(database: psycopg.Connection, names: Iterable[str], source: str = "zoho_contacts") -> None:
    """Canonical people of these names, who came from the source."""
    people = [(uuid.uuid4(), name, source) for name in names]
    cursor = database.cursor()
    cursor.executemany(
        "insert into core.entities (id, entity_type, display_name, source_system)"
        " values (%s, 'person', %s, %s)",
        people,
    )
    cursor.executemany(
        "insert into core.people (entity_id, full_name, source_system) values (%s, %s, %s)", people
    )


def found(database: psycopg.Connection, given: str, family: str) -> list[str]:
    """The names of those who may be this new person of another address book."""
    candidates.begin(database)
    database.execute(
        "insert into match_parties (party_id, is_new, kind, source_key, given_name, family_name)"
        " values (%s, true, 'person', 'google_contacts', %s, %s)",
        [ADA, given, family],
    )
    known.find_known(database)
    rows = database.execute(
        "select person.full_name from match_found as found"
        " inner join core.people as person on person.entity_id = found.entity_id order by 1"
    )
    return [name for (name,) in rows]


@pytest.mark.parametrize(
    ("given", "family"),
    [
        *(("Ada", "Lovelace"), ("Lovelace", "Ada"), ("A", "Lovelace"), ("Adah", "Lovelas")),
        *(("", "Ada Lovelace"), ("-", "Lovelace")),
    ],
)
def test_a_name_may_be_written_otherwise(
    built: connection.Settings, given: str, family: str
) -> None:
    with connection.connect() as database:
        hold(database, ["Ada Lovelace", "Ida Lovelace", "Tom Lovelace", "Ada Byron"])
        assert "Ada Lovelace" in found(database, given, family)


def test_who_shares_nothing_but_a_long_family_name_is_no_candidate(
    built: connection.Settings,
) -> None:
    with connection.connect() as database:
        hold(database, ["Bo Featherstonehaugh", "Jo Featherstonehaugh", "J Featherstonehaugh"])
        assert found(database, "Jo", "Featherstonehaugh") == [
            "J Featherstonehaugh",
            "Jo Featherstonehaugh",
        ]


def test_the_very_name_is_found_among_any_number_named_alike(built: connection.Settings) -> None:
    alike = [f"Ada Lovelace {number}" for number in range(2 * candidates.CROWD)]
    with connection.connect() as database:
        hold(database, [*alike, "Ádà Lovelace"])
        hold(database, ["Ada Lovelace"] * 3, source="google_contacts")
        names = found(database, "Ada", "Lovelace")
    assert "Ádà Lovelace" in names
    assert "Ada Lovelace" not in names
    assert len(names) == candidates.CROWD


def test_a_crowd_of_namesakes_is_all_that_is_found(built: connection.Settings) -> None:
    with connection.connect() as database:
        hold(database, ["Ada Lovelas", *["Ada Lovelace"] * candidates.CROWD])
        assert found(database, "Ada", "Lovelace") == ["Ada Lovelace"] * candidates.CROWD
