"""Starting, stopping and surviving: each test has a server of its own to hurt."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from qios.server import cluster, connection, postmaster
from qios.server.folders import locate
from support import temporary_home


def remember(value: int) -> None:
    with connection.connect("postgres") as database:
        database.execute("create table if not exists kept (value int)")
        database.execute("insert into kept values (%s)", [value])


def remembered() -> list[int]:
    with connection.connect("postgres") as database:
        return [row[0] for row in database.execute("select value from kept order by value")]


def test_data_survives_stop_and_start(home: Path) -> None:
    assert cluster.start()
    assert not cluster.start()
    remember(1)
    assert cluster.stop()
    assert not cluster.stop()
    assert cluster.start()
    assert remembered() == [1]


def test_the_server_is_private_utf8_and_quiet_about_rows(home: Path) -> None:
    cluster.start()
    folders = locate()
    assert folders.socket.stat().st_mode & 0o777 == 0o700
    assert folders.data.stat().st_mode & 0o777 == 0o700
    with connection.connect("postgres") as database:
        settings = dict(database.execute("select name, setting from pg_settings").fetchall())
    assert settings["listen_addresses"] == ""
    assert settings["server_encoding"] == "UTF8"
    assert settings["TimeZone"] == "UTC"
    assert settings["dynamic_shared_memory_type"] == "mmap"
    assert settings["synchronous_commit"] == "on"
    assert settings["fsync"] == "on"
    with connection.connect("postgres", autocommit=True) as database:
        database.execute("create table private (value text primary key)")
        database.execute("insert into private values ('Rosa')")
        with pytest.raises(Exception, match="duplicate key"):
            database.execute("insert into private values ('Rosa')")
    assert "duplicate key" in folders.log.read_text()
    assert "Rosa" not in folders.log.read_text()


def test_eight_starts_at_once_give_one_server(home: Path) -> None:
    command = [sys.executable, "-m", "qios", "db", "start"]
    starts = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(8)]
    said = [process.communicate()[1] for process in starts]
    assert [process.returncode for process in starts] == [0] * 8
    assert sum("qios: started" in text for text in said) == 1
    assert sum("already running" in text for text in said) == 7
    waited = [text for text in said if "waiting for another command" in text]
    assert all("(process " in text for text in waited)


def test_a_killed_server_starts_again_with_its_data(home: Path) -> None:
    cluster.start()
    remember(7)
    number = postmaster.pid(locate().data)
    os.kill(number, signal.SIGKILL)
    while psutil.pid_exists(number) and psutil.Process(number).status() != "zombie":
        time.sleep(0.01)
    assert cluster.start()
    assert remembered() == [7]


def test_a_pid_file_whose_number_was_given_to_another_process(home: Path) -> None:
    cluster.start()
    cluster.stop()
    stale = locate().data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{locate().data}\n")
    assert postmaster.pid(locate().data) is None
    assert cluster.start()


def test_a_killed_initdb_is_simply_repeated(home: Path) -> None:
    locate().create()
    (home / "postgres" / "init-killed" / "base").mkdir(parents=True)
    assert cluster.start()
    assert not list((home / "postgres").glob("init-*"))


@pytest.mark.parametrize("name", ["with a space", "Anna's data, 100%", "x" * 90])
def test_folders_with_odd_names(name: str) -> None:
    with temporary_home(name):
        assert cluster.start()
        remember(3)
        assert remembered() == [3]


def test_a_start_killed_while_it_holds_the_lock_stops_nobody(home: Path) -> None:
    hold = (
        "import os, signal; from qios.locks import exclusive; from qios.server.folders import *\n"
        "with exclusive(locate().lock, ''): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", hold], check=False).returncode == -signal.SIGKILL
    assert cluster.start()


def test_the_server_outlives_the_session_that_started_it(home: Path, qios) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "qios", "db", "start"], start_new_session=True
    )
    assert process.wait() == 0
    number = postmaster.pid(locate().data)
    assert os.getsid(number) != process.pid
    assert qios("db", "status").returncode == 0
