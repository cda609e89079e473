"""Where the private server keeps its things, and whose they are. Nothing here starts anything.

.qios/postgres/            root's (0711) when root set it up, else the account's (0700)
    data18/  log/  socket/ the account's, 0700: only it and root can reach the socket
    binaries-18.6.3/       the programs the server runs from
"""

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from qios import paths
from qios.errors import EnvironmentFault
from qios.server import binaries
from qios.server.account import Account, account_for

# A socket's path must fit into 108 bytes with `/.s.PGSQL.5432`, and PostgreSQL, libpq and the dbt
# profile each give a meaning to commas, quotes, backslashes and percent signs.
SOCKET_FOLDER = re.compile(r"[\w ./+-]{1,90}", re.ASCII)
SHELL_CHARACTERS = '"$`\\\n'  # pg_ctl and initdb put paths between double quotes for /bin/sh


@dataclass(frozen=True)
class Folders:
    """The server's folders and the account they belong to."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        return _data(self.home)

    @property
    def log(self) -> Path:
        return self.home / "log" / "server.log"

    @property
    def lock(self) -> Path:
        return paths.state_dir() / "server.lock"

    @property
    def socket(self) -> Path:
        inside = self.home / "socket"
        if SOCKET_FOLDER.fullmatch(str(inside)):
            return inside
        return Path("/tmp") / f"qios-{self.account.uid}-{_tag(self.home)}"  # noqa: S108 owned() checks

    def create(self) -> None:
        """Make what is missing, with the right owner and mode; refuse what belongs to others."""
        if bad := set(str(self.home)) & set(SHELL_CHARACTERS):
            raise EnvironmentFault(
                f"PostgreSQL's own programs cannot work in {self.home}: its name has {sorted(bad)}",
                "rename the folder, or set QIOS_HOME to another one",
            )
        if not _is_owned(self.home, self.account.uid):
            # Root writes nothing into a folder that another account could fill with links.
            owner = os.geteuid()
            owned(self.home, owner, os.getegid(), 0o711 if owner == 0 else 0o700)
        for folder in (self.socket, self.log.parent):
            owned(folder, self.account.uid, self.account.gid, 0o700)


def locate() -> Folders:
    """The folders of this state folder's server, existing or to be.

    When root works in a checkout that the server's account cannot enter (below /root), the data
    lies below /var/lib: a place as lasting as the checkout.
    """
    inside = paths.state_dir() / "postgres"
    outside = Path("/var/lib") / f"qios-{_tag(inside)}"
    for home in (inside, outside):
        if _exists(_data(home)):
            return Folders(home, account_for(_data(home)))
    _refuse_other_major(inside, outside)
    account = account_for(None)
    above = next(p for p in inside.parents if p.is_dir())
    return Folders(inside if account.reaches(above) else outside, account)


def owned(folder: Path, uid: int, gid: int, mode: int) -> None:
    """Make the folder, or accept it when it is a real folder of that owner (or of the caller)."""
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
        raise EnvironmentFault(
            f"{folder} is not a folder of this account (it belongs to uid {found.st_uid})",
            "remove it, or set QIOS_HOME to a folder of your own",
        )
    if (found.st_uid, found.st_gid) != (uid, gid):
        os.chown(folder, uid, gid, follow_symlinks=False)
    if stat.S_IMODE(found.st_mode) != mode:
        folder.chmod(mode)


def _data(home: Path) -> Path:
    return home / f"data{binaries.major()}"


def _exists(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except PermissionError as error:
        raise EnvironmentFault(
            f"{folder.parent} is closed to this account",
            "run as the account it belongs to, or set QIOS_HOME to a folder of your own",
        ) from error


def _is_owned(folder: Path, uid: int) -> bool:
    return folder.is_dir() and folder.lstat().st_uid == uid


def _refuse_other_major(*homes: Path) -> None:
    """A new empty database beside the old data would look like a loss."""
    for home in homes:
        for data in home.glob("data[0-9]*"):
            raise EnvironmentFault(
                f"{data} was written by another PostgreSQL than the installed {binaries.major()}",
                "dump it with that version (pg_dumpall), move the folder away, start, and load it",
            )


def _tag(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
