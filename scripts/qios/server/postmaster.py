"""What postmaster.pid says, and whether it is true: pids are reused, and killed servers leave it.

Looking at the process comes first; the server itself is asked by cluster.py.
"""

import contextlib
import time
from pathlib import Path

import psutil

from qios.errors import EnvironmentFault

ORPHANS_SECONDS = 30


def pid(data: Path) -> int | None:
    """The pid of the living postmaster of this data folder, or None."""
    try:
        number = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        owner = data.stat().st_uid
    except (OSError, ValueError):
        return None
    return number if _serves(number, data, owner) else None


def clear_stale(data: Path, socket: Path) -> None:
    """Remove the pid file and sockets of a dead postmaster. Call it under the lock, `pid` None.

    The pid file also guards against backends that outlived their postmaster, so they are waited
    for first; without the removal a reused pid would keep the server from ever starting.
    """
    owner = data.stat().st_uid
    deadline = time.monotonic() + ORPHANS_SECONDS
    while any(_serves(number, data, owner) for number in psutil.pids()):
        if time.monotonic() > deadline:
            raise EnvironmentFault(
                f"server processes without a postmaster still use {data}",
                f"end them: they are the `postgres` processes whose working directory is {data}",
            )
        time.sleep(0.1)
    for left in (data / "postmaster.pid", *socket.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)


def _serves(number: int, data: Path, owner: int) -> bool:
    """Is that process a living PostgreSQL process of this data folder?

    All of them sit in the data folder. Where the system does not say where a process sits (root
    without the right to trace), a `postgres` process of the owner is taken for one: refusing to
    start is a smaller harm than taking the pid file from a living server.
    """
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(number)
        with process.oneshot():
            if process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD):
                return False
            if process.uids().effective != owner or process.name() != "postgres":
                return False
            with contextlib.suppress(psutil.AccessDenied):
                return Path(process.cwd()) == data.resolve()
            return True
    return False
