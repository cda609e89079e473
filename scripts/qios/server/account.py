"""Which operating-system account runs the server: PostgreSQL refuses to run as root."""

import contextlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from qios.errors import EnvironmentFault


@dataclass(frozen=True)
class Account:
    """The account of the server; `switch` is true when this process has to become it."""

    name: str
    uid: int
    gid: int
    switch: bool

    def run(self, command: list[object], **options) -> subprocess.CompletedProcess:
        """Run a program of PostgreSQL as this account, in an environment that cannot mislead it.

        PG* variables of the caller (PGDATA, PGOPTIONS, PGHOST …) are meant for other servers.
        """
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        environment.update(LC_ALL="C.UTF-8", LANG="C.UTF-8")
        options = {"cwd": "/", "stdin": subprocess.DEVNULL, "env": environment} | options
        if self.switch:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run([str(part) for part in command], check=False, **options)

    def reaches(self, folder: Path) -> bool:
        """Can the account enter the folder? Asked, never changed: the modes above are not ours."""
        return not self.switch or self.run(["test", "-x", folder]).returncode == 0


def account_for(data: Path | None) -> Account:
    """The account for an existing data folder, or for a new one when `data` is None.

    As root: the owner of the data, else `postgres`, else `nobody`. Otherwise the caller, who must
    be the owner of the data.
    """
    found = data.stat() if data else None
    if os.geteuid() != 0:
        me = Account(_name(os.geteuid()), os.geteuid(), os.getegid(), switch=False)
        if found and found.st_uid != me.uid:
            raise EnvironmentFault(
                f"the database in {data} belongs to the account {_name(found.st_uid)}, "
                f"not to {me.name}",
                "run as root or as that account, or set QIOS_HOME to a folder of your own",
            )
        return me
    if found and found.st_uid != 0:
        return Account(_name(found.st_uid), found.st_uid, found.st_gid, switch=True)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid, switch=True)
    raise EnvironmentFault(
        "PostgreSQL does not run as root, and there is no account `postgres` or `nobody`",
        "create one (useradd --system postgres), or run as an ordinary user",
    )


def _name(uid: int) -> str:
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(uid).pw_name
    return str(uid)
