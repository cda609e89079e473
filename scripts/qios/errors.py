"""The errors that a person is meant to read: what is wrong, and what to do about it.

Every class carries the exit code of the command that ends with it. Anything else that is raised
is a defect of this program and keeps its traceback. Standard library only: scripts/setup.py uses
this before anything is installed.
"""

import json
import sys


class QiosError(Exception):
    """A message that names the object and the rule, and a cure that names the next step."""

    exit_code = 1

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def as_dict(self) -> dict[str, object]:
        """The form of the error on stdout under `--json`."""
        return {"message": self.message, "cure": self.cure, "exit_code": self.exit_code}


class Findings(QiosError):
    """The work was done and found something: refused rows, a broken rule, a stale file."""

    exit_code = 1


class UsageError(QiosError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class EnvironmentFault(QiosError):
    """Something outside is missing or broken: the server, a folder, a permission, a program."""

    exit_code = 3


def report(error: QiosError, as_json: bool) -> None:
    """One message: JSON on stdout for a machine, otherwise two lines on stderr."""
    if as_json:
        print(json.dumps({"error": error.as_dict()}, indent=2))
        return
    print(f"qios: {error.message}", file=sys.stderr)
    if error.cure:
        print(f"  cure: {error.cure}", file=sys.stderr)
