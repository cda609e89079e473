"""Which files the paths of a command name."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from qios.errors import UsageError


def files_below(paths: Iterable[Path]) -> list[str]:
    """The files that the paths name: absolute paths in sorted order, links resolved.

    Folders are searched recursively. What cannot be reached inside a folder (a link that leads
    nowhere, a folder closed to us) is in the list too: reading it tells why. Raises UsageError for
    a path that cannot be reached or is neither a file nor a folder.
    """
    found: set[str] = set()
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise UsageError(
                f"{path}: {error.strerror}", "check the path for a typing error"
            ) from error
        if stat.S_ISDIR(mode):
            found.update(_files_in(os.path.realpath(path)))
        elif stat.S_ISREG(mode):
            found.add(os.path.realpath(path))
        else:
            raise UsageError(f"{path} is neither a file nor a folder", "name one of those")
    return sorted(found)


def _files_in(top: str) -> Iterator[str]:
    """The files below a folder without links in its path; linked folders are not entered."""
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_symlink():
                        yield from _linked(entry)
                    elif entry.is_dir():
                        folders.append(entry.path)
                    elif entry.is_file():
                        yield entry.path
        except OSError:
            yield folder


def _linked(link: os.DirEntry[str]) -> Iterator[str]:
    try:
        mode = link.stat().st_mode
    except OSError:
        yield link.path
        return
    if stat.S_ISREG(mode):
        yield os.path.realpath(link.path)
