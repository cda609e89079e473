"""Where the project and its private state lie.

`QIOS_PROJECT_DIR` and `QIOS_HOME` override what is found; both may be relative to the working
directory.
"""

import os
from pathlib import Path

from qios.errors import EnvironmentFault

MARKER = "dbt_project.yml"


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
