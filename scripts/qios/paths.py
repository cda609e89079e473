"""Where the project and its private state lie.

`QIOS_PROJECT_DIR` and `QIOS_HOME` override what is found; both may be relative to the working
directory.
"""

import os
from pathlib import Path

from qios.errors import EnvironmentFault, UsageError

MARKER = "dbt_project.yml"
NO_UTF_8 = "save the file as UTF-8 without a byte order mark"


def project_root() -> Path:
    """The folder of dbt_project.yml, looked for upwards from this package, then from here."""
    override = os.environ.get("QIOS_PROJECT_DIR")
    if override:
        return Path(override).resolve()
    for start in (Path(__file__).resolve(), Path.cwd() / MARKER):
        for folder in start.parents:
            if (folder / MARKER).is_file():
                return folder
    raise EnvironmentFault(
        f"no {MARKER} at or above {Path.cwd()}",
        "change into the QiOS checkout, or set QIOS_PROJECT_DIR to it",
    )


def state_dir() -> Path:
    """The folder for everything that is made here and never committed (not created yet)."""
    override = os.environ.get("QIOS_HOME")
    return Path(override).resolve() if override else project_root() / ".qios"


def profiles_dir() -> Path:
    """The folder of profiles.yml.

    The project root, where plain `dbt` finds it; but a state folder elsewhere has a server of its
    own, and its profile must not replace the checkout's.
    """
    return state_dir() if os.environ.get("QIOS_HOME") else project_root()


def text_of(path: Path, newline: str | None = None) -> str:
    """The text of a file of the project; newline as of open(). Raises UsageError for what is not
    UTF-8."""
    try:
        with path.open(encoding="utf-8", newline=newline) as stream:
            return stream.read()
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path.name} line {line}: is not UTF-8", NO_UTF_8) from None
