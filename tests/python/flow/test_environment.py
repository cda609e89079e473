"""What is outside and missing or broken: exit code 3, and what to do about it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flow.world import World, contact
from qios.server import connection
from qios.server.folders import locate
from support import temporary_home

COMMANDS = (
    *(("register", "."), ("stage",), ("ingest", "."), ("promote",), ("status",)),
    *(("review", "list"), ("review", "approve", "--all")),
)


def test_before_the_first_build_every_command_says_so(
    database: connection.Settings, tmp_path: Path
) -> None:
    for command in COMMANDS:
        said = World(tmp_path, tmp_path).qios(*command, exit_code=3).stderr
        assert "does not exist" in said, command
        assert "cure: run `qios build`" in said, command


def test_a_server_that_is_down(tmp_path: Path) -> None:
    with temporary_home():
        said = World(tmp_path, tmp_path).qios("ingest", ".", exit_code=3).stderr
    assert "no connection to host" in said
    assert "cure: `qios db prepare` starts the server" in said


def test_a_server_elsewhere_that_is_not_there(tmp_path: Path) -> None:
    elsewhere = {"QIOS_PGHOST": "127.0.0.1", "QIOS_PGPORT": "1"}
    error = World(tmp_path, tmp_path).json("ingest", ".", exit_code=3, **elsewhere)["error"]
    assert "port 1" in error["message"]
    assert "QIOS_PGHOST" in error["cure"]
    assert error["exit_code"] == 3


def test_a_database_that_is_not_there(server: connection.Settings, tmp_path: Path) -> None:
    said = World(tmp_path, tmp_path).qios("promote", exit_code=3, QIOS_PGDATABASE="absent").stderr
    assert 'database "absent" does not exist' in said
    assert "cure: `qios db prepare`" in said


def test_an_account_that_may_do_nothing(world: World) -> None:
    where = connection.settings()
    world.rows("create role stranger login")
    account = {"QIOS_PGHOST": where.host, "QIOS_PGUSER": "stranger"}
    said = world.qios("stage", exit_code=3, **account).stderr
    world.rows("drop role stranger")
    assert "the database refuses: permission denied" in said
    assert "QIOS_PGUSER" in said


def test_a_connection_that_breaks_in_the_middle_loses_nothing(world: World) -> None:
    path = world.export("contacts.csv", [contact(1, **{"Last Name": "Smith"})])
    world.qios("register", path)
    with connection.connect() as database:
        database.execute("lock table staging.zoho_contacts_raw")
        running = world.start("stage")
        waits = """
            select exists (
                select from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
            )
        """
        world.wait_for(running, waits)
        world.rows(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """
        )
    _, err = running.communicate()
    assert running.returncode == 3
    assert "the database gave up: terminating connection" in err
    assert "cure: " in err
    assert world.json("stage")["rows"]["staged"] == 1


@pytest.fixture
def small_disk(world: World) -> Iterator[Callable[[], None]]:
    """Landing rows go to a disk of a few megabytes; call it for the larger one."""
    account = locate().account
    disk = Path(f"/tmp/qios-small-disk-{os.getpid()}")  # noqa: S108 not below pytest's 0700
    disk.mkdir()
    options = f"size=4m,uid={account.uid},gid={account.gid},mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        disk.rmdir()
        pytest.skip("only an account that may mount a file system can fill one")

    def move(tablespace: str) -> None:
        world.rows(f"alter table staging.zoho_contacts_raw set tablespace {tablespace}")

    try:
        world.rows(f"create tablespace small_disk location '{disk}'")
        move("small_disk")
        yield lambda: move("pg_default")
        move("pg_default")
        world.rows("drop tablespace small_disk")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()


def test_a_full_disk_keeps_nothing_of_the_file(
    world: World, small_disk: Callable[[], None]
) -> None:
    path = world.export(
        "large.csv", (contact(n, **{"Last Name": "x" * 200}) for n in range(20_000))
    )
    world.qios("register", path)
    said = world.qios("stage", exit_code=3).stderr
    assert "No space left on device" in said
    assert "cure: " in said
    assert world.count("staging.zoho_contacts_raw") == 0
    assert world.count("qinexus.import_batches") == 0
    small_disk()
    assert world.json("stage")["rows"]["staged"] == 20_000


def test_a_lock_file_that_a_killed_run_left_is_no_hindrance(world: World) -> None:
    lock = Path(os.environ["QIOS_HOME"]) / "build.lock"
    lock.write_text("4194304\n")
    ended = world.qios("build", "--select", "no_such_model")
    assert "waiting for" not in ended.stderr
    assert lock.read_text() != "4194304\n"
