"""Who is at work."""

import getpass
import os

POLICY = "policy "
"""So begins the name of whoever decided, where that was a source's policy and no person."""


def person() -> str:
    """QIOS_USER, else the account that runs the command."""
    return os.environ.get("QIOS_USER") or getpass.getuser()
