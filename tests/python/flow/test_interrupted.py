"""Killed and crowded runs: whatever happens in between, the end state is that of a quiet run."""

import os
import random
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flow.conftest import Imported
from flow.world import World, contact
from qios.server import connection

STAGED = "select count(*) > 0 from qinexus.import_batches"
PROMOTING = (
    "select exists (select from staging.zoho_contacts_raw where review_status = 'promoting')"
)
HALF_WRITTEN = "select exists (select from core.people)"
HELD_UP = """
    select exists (
        select from pg_stat_activity
        where datname = current_database() and application_name = 'dbt' and wait_event_type = 'Lock'
    )
"""
OF_ROW = """
    with of_row as (
        select entity_id, organization_entity_id from staging.zoho_contacts
        where full_name = %s
    )
    select
        (select count(*) from core.people inner join of_row using (entity_id)) as people,
        (select count(*) from core.identifiers inner join of_row using (entity_id)) as identifiers,
        (
            select count(*) from qinexus.source_entity_links as link
            inner join of_row on link.entity_id in (of_row.entity_id, of_row.organization_entity_id)
        ) as links
"""


def kill(running: subprocess.Popen) -> None:
    """`qios` and its dbt."""
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


@contextmanager
def held_up(table: str) -> Iterator[None]:
    """A build that writes to the table waits meanwhile."""
    with connection.connect() as database:
        database.execute(f"lock table {table} in share mode")
        yield


def test_a_killed_run_is_finished_by_the_next_one(world: World, first_import: Imported) -> None:
    seed = secrets.randbelow(1000)
    moments = random.Random(seed)  # noqa: S311 no secret
    print(f"moments of seed {seed}")  # shown where the test fails

    for begun, at_most in (
        ("select true", 1.0),
        (STAGED, 1.0),
        (PROMOTING, 1.0),
        (HALF_WRITTEN, 0.3),
    ):
        running = world.start("ingest", world.samples)
        world.wait_for(running, begun)
        time.sleep(moments.uniform(0, at_most))
        kill(running)
    # Now only `qios` is killed: its dbt works on, and the next run waits for it.
    with held_up("core.identifiers"):
        running = world.start("ingest", world.samples)
        world.wait_for(running, HELD_UP)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        last = world.start("ingest", world.samples)
        assert "waiting for another build" in last.stderr.readline()
    out, err = last.communicate()
    assert last.returncode == 0, out + err

    assert world.content() == first_import.content
    jobs = world.rows("select distinct status from qinexus.ingestion_jobs order by 1")
    assert [job["status"] for job in jobs] == ["interrupted", "succeeded"]


def test_two_runs_at_once_import_each_row_once(world: World, first_import: Imported) -> None:
    both = [world.start("ingest", world.samples, "--json") for _ in range(2)]
    said = [running.communicate() for running in both]
    assert [running.returncode for running in both] == [0, 0], said
    assert world.content() == first_import.content


def test_a_row_approved_during_a_build_waits_for_the_next(world: World) -> None:
    path = world.export(
        "mixed.csv",
        [
            contact(1, **{"Last Name": "Early", "Email": "early@example.com"}),
            contact(2, **{"Last Name": "Late", "Email": "late@example.com", "Phone": "555"}),
        ],
    )
    world.qios("register", path)
    world.qios("stage")
    with held_up("core.entities"):  # all other tables are written after it
        running = world.start("promote", "--json")
        world.wait_for(running, HELD_UP)
        world.qios("review", "approve", "--problem", "invalid_phone")
    out, err = running.communicate()
    assert running.returncode == 0, out + err
    assert world.rows(OF_ROW, "Early") == [{"people": 1, "identifiers": 1, "links": 4}]
    assert world.rows(OF_ROW, "Late") == [{"people": 0, "identifiers": 0, "links": 0}]
    by_status = "select review_status from staging.zoho_contacts order by row_number"
    assert [row["review_status"] for row in world.rows(by_status)] == ["promoted", "approved"]

    world.qios("promote")
    assert world.rows(OF_ROW, "Late") == [{"people": 1, "identifiers": 2, "links": 5}]
    assert [row["review_status"] for row in world.rows(by_status)] == ["promoted", "promoted"]
