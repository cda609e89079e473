"""`qios review merge` and `split`, and the imports that come between them."""

import os
import signal
import uuid

from psycopg import sql

from flow.world import World, contact
from qios.identity.pairs import DISTINCT, SAME, decide_pair, decided
from qios.identity.references import findings
from qios.server import connection

ANN = {"First Name": "Ann", "Last Name": "Lee", "Title": "Clerk", "Email": "ann@example.org"}
ZOE = {"First Name": "Zoe", "Last Name": "Quill", "Phone": "+1 212 555 0123"}
MAX = {"First Name": "Max", "Last Name": "Orr", "Email": "orr@example.net"}
TOLD_ELSEWHERE = ("core.audit_events", "core.pair_decisions", "qinexus.ingestion_jobs")


def brought(world: World, name: str, *contacts: dict[str, str]) -> list[str]:
    """Ingest an export; the entities of its contacts."""
    world.qios("ingest", world.export(name, [contact(i + 1, **c) for i, c in enumerate(contacts)]))
    rows = world.rows(
        "select link.entity_id::text from qiconnect.external_ids as link"
        " where external_type = 'contact' order by external_id"
    )
    return [row["entity_id"] for row in rows]


def wrong(world: World) -> list[object]:
    with connection.connect(autocommit=True) as database:
        return [finding for finding in findings(database) if "queue" not in finding.object]


def dumped(world: World) -> dict[str, list[list[str]]]:
    """Table → its rows as pg_dump writes them, without the moments at which they last changed."""
    tables: dict[str, list[list[str]]] = {}
    kept: list[int] = []
    rows = None
    for line in world.dump("--data-only").split("\n"):
        if line.startswith("COPY "):
            name, columns = line.removeprefix("COPY ").split(" ", 1)
            names = columns[1 : columns.index(")")].split(", ")
            kept = [at for at, column in enumerate(names) if column != "updated_at"]
            rows = None if name in TOLD_ELSEWHERE else tables.setdefault(name, [])
        elif line == "\\.":
            rows = None
        elif rows is not None:
            cells = line.split("\t")
            rows.append([cells[at] for at in kept])
    return {name: sorted(rows) for name, rows in tables.items()}


def person(world: World, entity: str) -> dict[str, object]:
    return world.rows("select * from core.people where entity_id = %s", entity)[0]


def test_what_is_merged_stays_one_through_imports_and_splits_again(world: World) -> None:
    ann, zoe = brought(world, "first.csv", ANN, ZOE)
    before = dumped(world)
    plan = world.json("review", "merge", ann, zoe, "--plan")
    assert {"table": "core.identifiers", "rows": 1} in plan["rows"]
    assert dumped(world) == before

    world.qios("review", "merge", "ann@example.org", zoe[:8], "--why", "the same phone")
    (merged,) = world.rows("select * from core.entities where id = %s", zoe)
    assert (merged["status"], str(merged["canonical_entity_id"])) == ("merged", ann)
    assert world.count("core.people") == 2
    known = world.rows("select value from core.identifiers where entity_id = %s order by 1", ann)
    assert [row["value"] for row in known] == ["+12125550123", "ann@example.org"]
    assert (
        "merged into" in world.qios("review", "merge", ann, zoe, "--why", "-", exit_code=2).stderr
    )
    assert wrong(world) == []
    world.qios("review", "split", zoe, "--why", "two people")
    assert dumped(world) == before
    refused = world.qios("review", "split", zoe, "--why", "-", exit_code=2)
    assert "is not merged" in refused.stderr

    # The source goes on speaking of both; what it says of the merged one shows at the survivor.
    world.qios("review", "merge", ann, zoe, "--why", "the same phone")
    world.rows("update core.people set department = 'By hand' where entity_id = %s", ann)
    told = {"Title": "Chief", "Mobile": "+1 212 555 0199", "Email": "ann@example.org"}
    brought(world, "second.csv", ANN, ZOE | told)
    shown = person(world, ann)
    assert (shown["job_title"], shown["department"]) == ("Chief", "By hand")
    assert (person(world, zoe)["job_title"], person(world, zoe)["status"]) == ("Chief", "merged")
    emails = world.rows(
        "select entity_id::text, status from core.identifiers where label = 'email'"
    )
    assert sorted(row["status"] for row in emails) == ["active", "merged"]
    assert {row["entity_id"] for row in emails} == {ann}
    linked = sql.SQL(
        "select count(*) from qinexus.source_entity_links where entity_id = {}"
    ).format(sql.Literal(zoe))
    assert world.value(linked) == 0
    assert wrong(world) == []

    # Zoe's own come back to her, also what came since; Ann keeps what was hers.
    world.qios("review", "split", zoe, "--why", "two people")
    shown = person(world, ann)
    assert (shown["job_title"], shown["department"]) == ("Clerk", "By hand")
    own = world.rows(
        "select label, status from core.identifiers where entity_id = %s order by 1", zoe
    )
    assert own == [{"label": at, "status": "active"} for at in ("email", "mobile", "phone")]
    assert world.value(linked) > 5
    assert wrong(world) == []


def test_decided_pairs_are_merged_by_the_next_promotion(world: World) -> None:
    ann, zoe, orr = map(uuid.UUID, brought(world, "first.csv", ANN, ZOE, MAX))
    with connection.connect(autocommit=True) as database:
        decide_pair(database, zoe, orr, SAME, "ada")
        decide_pair(database, ann, orr, SAME, "ada")
        decide_pair(database, ann, zoe, DISTINCT, "ada")
        world.qios("promote")
        assert world.value("select count(*) from core.entities where status = 'merged'") == 0
        decide_pair(database, ann, zoe, SAME, "ada")
        world.qios("promote")
        assert world.value("select count(*) from core.entities where status = 'merged'") == 2
        homes = "select count(distinct canonical_entity_id) from core.entities"
        assert world.value(homes) == 1
        (survivor,) = {ann, zoe, orr} - {
            row["id"] for row in world.rows("select id from core.entities where status = 'merged'")
        }
        loser = min({ann, zoe, orr} - {survivor})
        world.qios("review", "split", loser, "--why", "no")
        world.qios("promote")  # what was split is not merged again
        assert decided(database, survivor, loser) == DISTINCT
    assert world.value("select count(*) from core.entities where status = 'merged'") == 1
    assert wrong(world) == []


def test_a_killed_merge_has_not_begun(world: World) -> None:
    ann, zoe = brought(world, "first.csv", ANN, ZOE)
    before = dumped(world)
    with connection.connect() as blocking:
        blocking.execute("lock table core.relationships in access exclusive mode")
        running = world.start("review", "merge", ann, zoe, "--why", "-")
        world.wait_for(
            running,
            "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
            " and application_name = 'qios' and query like 'update%relationships%')",
        )
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    assert dumped(world) == before
    world.qios("review", "merge", ann, zoe, "--why", "the same phone")
    assert wrong(world) == []
