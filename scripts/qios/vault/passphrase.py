"""The passphrase of a KeePass file: never an argument, which every user of the machine can read."""

import getpass
import os

from qios.errors import UsageError

VARIABLE = "QIOS_VAULT_PASSWORD"


def read_passphrase(descriptor: int | None, *, twice: bool) -> str:
    """From the descriptor's first line, else from VARIABLE, else from the terminal.

    twice: ask again, so that a new file is not locked by a typing error. Raises UsageError where
    there is none.
    """
    if descriptor is not None:
        passphrase = _first_line(descriptor)
    # Taken away at once: the programs that are started from here inherit the rest.
    elif (passphrase := os.environ.pop(VARIABLE, None)) is None:
        passphrase = _asked(twice)
    if not passphrase:
        raise UsageError("the passphrase is empty", "give the KeePass file a passphrase")
    return passphrase


def _first_line(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, encoding="utf-8", closefd=False) as stream:
            return stream.readline().rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise UsageError(
            f"no passphrase can be read from descriptor {descriptor}",
            "open it for the command, as in `--passphrase-fd 3 3< passphrase.txt`",
        ) from error


def _asked(twice: bool) -> str:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError as error:
        raise UsageError(
            "there is no terminal to ask for the passphrase of the KeePass file",
            f"hand it over with --passphrase-fd, or in {VARIABLE}",
        ) from error
    passphrase = getpass.getpass("Passphrase of the KeePass file: ")
    if twice and getpass.getpass("The same once more: ") != passphrase:
        raise UsageError("the two passphrases differ", "repeat the command")
    return passphrase
