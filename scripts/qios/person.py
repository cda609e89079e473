"""Who is at work."""

import getpass
import os


def person() -> str:
    """QIOS_USER, else the account that runs the command."""
    return os.environ.get("QIOS_USER") or getpass.getuser()
