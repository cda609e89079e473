"""What a source's policy linked is looked through by a person, confirmed or taken back."""

import csv
from pathlib import Path

from flow.world import COLUMNS, Row, World, contact
from qios.identity.references import findings
from qios.server import connection

GOOGLE = ("First Name", "Last Name", "E-mail 1 - Value", "Phone 1 - Value", "Birthday")
PEOPLE = [
    ("Ann", "Quimby", "ann@example.org", "+1 212 555 0141", "1950-01-02"),
    ("Ben", "Oakhurst", "ben@example.org", "+1 212 555 0142", "1961-03-04"),
    ("Cleo", "Vansen", "cleo@example.org", "+1 212 555 0143", "1972-05-06"),
]
HOMES = """
    select display_name as name, count(*) as told,
        count(distinct coalesce(canonical_entity_id, id)) as are
    from core.entities where entity_type = 'person' group by 1 order by 1
"""


def zoho(number: int, person: tuple[str, ...]) -> dict[str, str]:
    names = ("First Name", "Last Name", "Email", "Phone", "Date of Birth")
    return contact(number, **dict(zip(names, person, strict=True)))


def books(world: World, *people: tuple[str, ...]) -> None:
    """Bring in two books that both know these people."""
    told = [zoho(number, person) for number, person in enumerate(people, 1)]
    world.qios("ingest", world.export("zoho.csv", told, (*COLUMNS, "Date of Birth")))
    told = [dict(zip(GOOGLE, person, strict=True)) for person in people]
    world.qios("ingest", world.export("google.csv", told, GOOGLE))


def links(world: World) -> dict[str, Row]:
    """The links that nobody has looked at, by what names them."""
    return {item["display_name"]: item for item in world.json("review", "list", "--linked")["rows"]}


def filled(path: Path, **decisions: str) -> Path:
    """A spreadsheet with a decision in the lines of these items, or of people called so, each with
    a reason of its own."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    for number, line in enumerate(lines):
        name = line["what"].removeprefix("'").split()[0].lower()
        line["decision"] = decisions.get(line["item"], decisions.get(name, ""))
        line["reason"] = f"looked up {number}" if line["decision"] else ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return path


def homes(world: World) -> dict[str, tuple[int, int]]:
    """Name -> (how often told of, as how many entities)."""
    return {row["name"]: (row["told"], row["are"]) for row in world.rows(HOMES)}


def wrong(world: World) -> list[object]:
    with connection.connect(autocommit=True) as database:
        return findings(database)


def test_links_are_looked_through_in_a_spreadsheet(world: World) -> None:
    books(world, *PEOPLE)
    assert homes(world) == {f"{first} {last}": (2, 1) for first, last, *_ in PEOPLE}
    assert world.json("review", "list")["rows"] == []
    found = links(world)
    assert len(found) == 3
    scores = [item["score"] for item in world.json("review", "list", "--linked")["rows"]]
    assert scores == sorted(scores)
    shown = world.qios("review", "show", found["Ben Oakhurst"]["item_id"]).stdout
    assert "linked by the policy of a source" in shown
    assert "family name: oakhurst, the same" in shown

    world.qios("review", "export", "links.csv", "--linked")
    sheet = filled(world.folder / "links.csv", ann="match", ben="new", cleo="reject")
    said = world.json("review", "import", sheet, exit_code=1)
    assert [line["message"] for line in said["wrong"]] == ["'reject' is no decision here"]
    assert world.json("review", "import", filled(sheet, ann="match", ben="new"))["decided"] == 2
    assert homes(world)["Ben Oakhurst"] == (2, 2)
    assert wrong(world) == []
    decided = world.rows(
        """
        select decision, left(reason, 9) as why, starts_with(decided_by, 'policy') as by_policy,
            score is not null as is_scored, status
        from core.pair_decisions where withdrawn_at is null order by decision, reason
        """
    )
    assert [tuple(row.values()) for row in decided] == [
        ("distinct", "looked up", False, True, "active"),
        ("same", "looked up", False, True, "merged"),
        ("same", None, True, True, "merged"),
    ]
    world.qios("promote")
    assert homes(world)["Ben Oakhurst"] == (2, 2)
    assert list(links(world)) == ["Cleo Vansen"]

    # Twice the same is nothing; what somebody decided meanwhile is not overruled by an old file.
    said = world.json("review", "import", sheet)
    assert (said["decided"], said["unchanged"]) == (0, 2)
    world.qios("review", "approve", found["Cleo Vansen"]["item_id"], "--why", "her cousin says so")
    said = world.json("review", "import", filled(sheet, cleo="new"), exit_code=1)
    assert [line["message"] for line in said["wrong"]] == ["is not open any more: match"]
    assert links(world) == {}

    # A merge does not stand in the way of undoing; promoted again, who was linked is one again.
    batch = world.value("select min(import_batch_id::text) from staging.google_contacts_raw")
    world.qios("undo", batch, "--why", "too early")
    assert homes(world)["Ann Quimby"] == (1, 1)
    world.qios("review", "approve", "--batch", batch, "--status", "undone")
    world.qios("promote")
    assert homes(world) == {"Ann Quimby": (2, 1), "Ben Oakhurst": (2, 2), "Cleo Vansen": (2, 1)}
    assert wrong(world) == []


def test_who_was_taken_apart_is_looked_for_again(world: World) -> None:
    """Three were held for one, of whom the first and the last were not compared."""
    father = ("Jan", "Huos", "jan.huos@example.org", "+1 212 555 0144", "")
    son = ("Jan", "Huos", "jan.junior@example.org", "+1 212 555 0144", "")
    told = [zoho(1, father), zoho(2, son)]
    world.qios("ingest", world.export("zoho.csv", told, (*COLUMNS, "Date of Birth")))
    google = [dict(zip(GOOGLE, son, strict=True))]
    world.qios("ingest", world.export("google.csv", google, GOOGLE))
    assert homes(world) == {"Jan Huos": (3, 1)}

    pairs = "select left_entity_id as a, right_entity_id as b from core.pair_decisions"
    linked = [set(row.values()) for row in world.rows(pairs)]
    assert len(linked) == 2
    items = [item["item_id"] for item in world.json("review", "list", "--linked")["rows"]]
    world.qios("review", "reject", *items, "--why", "three generations")
    assert homes(world) == {"Jan Huos": (3, 3)}
    (question,) = world.json("review", "list", "--reason", "duplicate_candidate")["rows"]
    asked = "select target_id, candidate_entity_id from qiaccess.classification_queue where id = %s"
    assert set(world.rows(asked, question["item_id"])[0].values()) == linked[0] ^ linked[1]
    world.qios("review", "approve", question["item_id"], "--as-match")
    world.qios("promote")
    assert homes(world) == {"Jan Huos": (3, 2)}
    assert wrong(world) == []


def test_taking_a_link_back_heeds_the_others(world: World) -> None:
    """Ann has three entries; Cleo has a namesake in her office, who is somebody else."""
    ann, _, cleo = PEOPLE
    namesake = (*cleo[:2], "vansen@example.net", cleo[3], "1994-09-10")
    told = [
        zoho(number, person) for number, person in enumerate((ann, ann, ann, cleo, namesake), 1)
    ]
    world.qios("ingest", world.export("zoho.csv", told, (*COLUMNS, "Date of Birth")))
    world.qios("review", "approve", "--reason", "duplicate_candidate", "--as-new")
    told = [dict(zip(GOOGLE, cleo, strict=True))]
    world.qios("ingest", world.export("google.csv", told, GOOGLE))
    assert homes(world) == {"Ann Quimby": (3, 1), "Cleo Vansen": (3, 2)}
    assert world.json("review", "list")["rows"] == []

    # Whoever was linked is asked about the next likeliest, once the link is taken back.
    found = links(world)
    world.qios("review", "reject", found["Cleo Vansen"]["item_id"], "--why", "two companies")
    assert homes(world)["Cleo Vansen"] == (3, 3)
    (asked,) = world.json("review", "list")["rows"]
    assert (asked["waiting_reason"], asked["asking"]) == ("duplicate_candidate", "Cleo Vansen")
    world.qios("review", "approve", asked["item_id"], "--as-new")

    # Of three links one cannot be denied alone; of two, the one in both leaves.
    three = world.json("review", "list", "--linked")["rows"]
    ends = ("target_id", "candidate_entity_id")
    leaving = three[0]["target_id"]
    of_one = [item["item_id"] for item in three if leaving in [item[end] for end in ends]]
    assert (len(three), len(of_one)) == (3, 2)
    said = world.qios("review", "reject", of_one[0], "--why", "no", exit_code=2).stderr
    assert "by way of others" in said
    world.qios("review", "export", "three.csv", "--linked")
    sheet = world.folder / "three.csv"
    said = world.json("review", "import", filled(sheet, **{of_one[0]: "new"}), exit_code=1)
    assert "by way of others" in said["wrong"][0]["message"]
    assert homes(world)["Ann Quimby"] == (3, 1)
    world.qios("review", "import", filled(sheet, **dict.fromkeys(of_one, "new")))
    assert homes(world)["Ann Quimby"] == (3, 2)
    world.qios("promote")
    alone = "select count(*) from core.entities where id = %s or canonical_entity_id = %s"
    assert (homes(world)["Ann Quimby"], world.value(alone, leaving, leaving)) == ((3, 2), 1)
    assert wrong(world) == []

    # What is linked and not promoted yet can be taken back as well; a policy has no other word.
    told = [zoho(6, PEOPLE[1])]
    new = [world.export("more.csv", told, (*COLUMNS, "Date of Birth"))]
    told = [dict(zip(GOOGLE, PEOPLE[1], strict=True))]
    new.append(world.export("others.csv", told, GOOGLE))
    for step in ("register", "stage"):
        world.qios(step, *new)
    ben = {name.lower(): item for name, item in links(world).items()}["ben oakhurst"]
    assert "Ben Oakhurst" not in homes(world)
    world.qios("review", "reject", ben["item_id"], "--why", "father and son")
    world.qios("promote")
    assert homes(world)["Ben Oakhurst"] == (2, 2)
    assert wrong(world) == []
    refused = world.qios("review", "list", "--linked", "--rows", "1", exit_code=2).stderr
    assert "--linked goes with no other choice" in refused
