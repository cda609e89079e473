"""Create, start and stop the private server.

All three hold one lock, so two starts at once give one server, and the second just finds it.
"""

import contextlib
import os
import shlex
import shutil
import signal
import tempfile
import time
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from qios.errors import EnvironmentFault
from qios.locks import exclusive
from qios.server import binaries, postmaster
from qios.server.folders import Folders, locate, owned
from qios.server.memory import shared_buffers

PORT = 5432  # names the socket file; the server listens on no network address
USER = "qios"
STOP_SECONDS = 60
PATIENCE_SECONDS = 300  # a crash recovery replays at most max_wal_size

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": PORT,
    "dynamic_shared_memory_type": "mmap",  # containers give /dev/shm 64 MB: parallel joins fail
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",  # costs more than it saves on these queries
    # Bulk loads on a small machine. Durability stays as it is: the data is somebody's only copy.
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    # A first import is written once, into its table, and not a second time into the log (0036).
    "wal_level": "minimal",
    "max_wal_senders": 0,
    # A failing statement, its detail and its context quote the row: no private data in the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def start() -> bool:
    """Make sure that the server runs and answers. True when this call started it."""
    folders = locate()
    with exclusive(folders.lock, "another command that starts or stops the server"):
        if postmaster.pid(folders.data):
            _wait(folders)
            return False
        folders.create()
        programs = binaries.private_copy(folders.home)
        if not folders.data.is_dir():
            _initialize(folders, programs)
        postmaster.clear_stale(folders.data, folders.socket)
        _launch(folders, programs)
        _wait(folders)
        return True


def stop() -> bool:
    """Stop the server, ending its sessions. False when it did not run."""
    folders = locate()
    with exclusive(folders.lock, "another command that starts or stops the server"):
        if not postmaster.pid(folders.data):
            return False
        for how in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's fast, then immediate shutdown
            deadline = time.monotonic() + STOP_SECONDS
            while (number := postmaster.pid(folders.data)) and time.monotonic() < deadline:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, how)
                time.sleep(0.1)
            if not number:
                return True
        raise EnvironmentFault(
            f"the server of {folders.data} (process {number}) does not stop", f"see {folders.log}"
        )


def is_ready(folders: Folders) -> bool:
    """Does the server accept connections? False while it starts or recovers, and when it is down.

    libpq's ping, not a connection: it also answers when all connections are taken.
    """
    address = make_conninfo(host=str(folders.socket), port=PORT, connect_timeout=3)
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def _initialize(folders: Folders, programs: Path) -> None:
    """initdb aside, then rename: a killed run never leaves half a data folder in place."""
    for unfinished in folders.home.glob("init-*"):
        shutil.rmtree(unfinished)
    aside = Path(tempfile.mkdtemp(prefix="init-", dir=folders.home))
    owned(aside, folders.account.uid, folders.account.gid, 0o700)
    command = [programs / "initdb", "-D", aside, "-U", USER, "--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    # The socket's folder is 0700 and nothing listens on a network: who reaches it is trusted.
    command += ["--auth-local=trust", "--auth-host=reject"]
    answer = folders.account.run(command, capture_output=True, text=True)
    if answer.returncode:
        shutil.rmtree(aside)
        raise EnvironmentFault(
            f"initdb failed in {folders.home}: {answer.stderr.strip()}",
            "check the free space and the permissions there",
        )
    aside.rename(folders.data)


def _launch(folders: Folders, programs: Path) -> None:
    settings = SETTINGS | {
        "shared_buffers": shared_buffers(),
        "unix_socket_directories": f'"{folders.socket}"',
    }
    options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
    command = [programs / "pg_ctl", "start", "-D", folders.data, "-l", folders.log, "-o", options]
    with tempfile.TemporaryFile("w+") as said:  # a pipe would be kept open by the server
        answer = folders.account.run([*command, "-w", "-t", "60"], stdout=said, stderr=said)
        if answer.returncode and not postmaster.pid(folders.data):
            said.seek(0)
            raise EnvironmentFault(
                f"the server of {folders.data} did not start: {said.read().strip()}",
                f"its last words are in {folders.log}",
            )


def _wait(folders: Folders) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_ready(folders):
        if time.monotonic() > deadline or not postmaster.pid(folders.data):
            raise EnvironmentFault(
                f"the server of {folders.data} does not answer", f"see {folders.log}"
            )
        time.sleep(0.1)
