"""One exclusive lock for everything that must not run twice at once.

Standard library only: scripts/setup.py uses it before anything is installed.
"""

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from qios.errors import EnvironmentFault


@contextlib.contextmanager
def exclusive(path: Path, waiting_for: str) -> Iterator[int]:
    """Hold the lock file `path`; wait for another holder, and say on stderr whom we wait for.

    The kernel drops the lock with its process, so a file left behind by a killed run is harmless.
    `waiting_for` completes the sentence "qios: waiting for …". Yields the descriptor: a child that
    gets it (`pass_fds`) keeps the lock until it ends too.
    """
    descriptor = _open(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            print(f"qios: waiting for {waiting_for} (process {holder})", file=sys.stderr)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    """A descriptor that no child inherits: a server would keep the lock for as long as it runs."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(path, flags, 0o600)
        owner = path.parent.stat()
        if os.geteuid() == 0 and os.fstat(descriptor).st_uid != owner.st_uid:
            # root at work in a user's checkout must not lock that user out of it
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
    except OSError as error:
        raise EnvironmentFault(
            f"cannot open the lock {path}: {error.strerror}",
            f"run as the user who owns {path.parent}, or work in a checkout of your own",
        ) from error
    return descriptor
