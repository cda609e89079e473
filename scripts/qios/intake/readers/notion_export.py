"""The files of a Notion export around one of its CSV files: pages, and other CSV files of the same
database.

An export holds a database as `Tasks <id>.csv` (a view: its visible columns), `Tasks <id>_all.csv`
(all columns), and a copy of some rows in the folder of each page that shows a view of it. The pages
of its rows lie in the folder `Tasks <id>/`. A large export is cut into `Export-<id>-Part-1.zip` and
so on, each with some of the files; a database and its pages may lie in different parts.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qios.intake.archive.members import MEMBER
from qios.intake.archive.opening import members_of, paths_beside

_CSV = re.compile(r"(?P<name>.*?)(?: (?P<id>[0-9a-f]{32}))?(?P<all>_all)?\.csv", re.IGNORECASE)
_PAGE = re.compile(r"(?P<title>.*?) ?(?P<id>[0-9a-f]{32})\.md", re.IGNORECASE)
_PAGE_FOLDER = re.compile(r".* [0-9a-f]{32}|Export-[0-9a-f-]{36}(-Part-\d+)?", re.IGNORECASE)
_PART = re.compile(r"(?P<export>Export-[0-9a-f-]{36})-Part-\d+(?P<zip>\.zip)?", re.IGNORECASE)


@dataclass(frozen=True)
class Database:
    """A CSV file of an export, and the pages of the database that it is of.

    pages: page id -> the .md file.
    """

    path: Path
    name: str
    is_all: bool
    pages: dict[str, Path]

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """How good a witness of its database a file is, beside others of the same name."""
        return bool(self.pages), self.is_all, -len(self.path.parts)


class Export:
    """The export that a CSV file is part of, in an archive or unpacked on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def database(self) -> Database:
        """The CSV file itself."""
        return self._database(self._path)

    def better_witnesses(self) -> list[Database]:
        """Other CSV files that may hold the rows of this one with more columns, the best first."""
        mine = self.database
        if mine.is_all or not _is_exported(self._path):
            return []
        others = [
            self._database(path)
            for path in self._paths
            if path != self._path and _is_exported(path)
        ]
        better = [
            other
            for other in others
            if other.name == mine.name
            and other.rank > mine.rank
            # A file with pages of its own is a database of its own, whatever its name.
            and (not mine.pages or other.pages == mine.pages)
        ]
        return sorted(better, key=lambda other: other.rank, reverse=True)

    @cached_property
    def _paths(self) -> list[Path]:
        return self._paths_in_parts() or self._paths_on_disk()

    def _paths_in_parts(self) -> list[Path]:
        """What else is in the archive, and in the other parts of the export that lie beside it."""
        found = paths_beside(self._path)
        part = Path(str(self._path).rpartition(MEMBER)[0])
        if not found or not _PART.fullmatch(part.name):
            return found
        for other in paths_beside(part) or sorted(part.parent.iterdir()):
            if other != part and other.suffix and _in_whole(other) == _in_whole(part):
                # A part that cannot be read is refused where it is registered.
                with suppress(OSError):
                    found += members_of(other)
        return found

    def _paths_on_disk(self) -> list[Path]:
        """The unpacked export: up and down through folders that are named like pages."""
        top = self._path.parent
        while _PAGE_FOLDER.fullmatch(top.name):
            top = top.parent
        found, folders = [], [top]
        for folder in folders:
            for path in sorted(folder.iterdir()):
                if path.is_dir():
                    folders += [path] if _PAGE_FOLDER.fullmatch(path.name) else []
                elif path.suffix.lower() in (".csv", ".md"):
                    found.append(path)
        return found

    @cached_property
    def _by_folder(self) -> dict[Path, list[Path]]:
        folders: dict[Path, list[Path]] = {}
        for path in self._paths:
            folders.setdefault(_in_whole(path.parent), []).append(path)
        return folders

    def _database(self, path: Path) -> Database:
        named = _CSV.fullmatch(path.name)
        if not _is_exported(path):
            return Database(path, path.stem, False, {})
        page_folder = _in_whole(path.parent) / f"{named['name']} {named['id']}"
        pages = {
            page["id"].lower(): beside
            for beside in self._by_folder.get(page_folder, [])
            if (page := _PAGE.fullmatch(beside.name))
        }
        return Database(path, named["name"], bool(named["all"]), pages)


def _is_exported(path: Path) -> bool:
    """Whether a file is named like a CSV file of an export. Around others nothing is looked for."""
    named = _CSV.fullmatch(path.name)
    return bool(named and named["id"])


def _in_whole(path: Path) -> Path:
    """The path as it would be, had the export not been cut into parts."""
    return Path(_PART.sub(r"\g<export>\g<zip>", str(path)))


def page_title(path: Path) -> str:
    """The title as the page's file name has it: cut, and without some of its letters."""
    return _PAGE.fullmatch(path.name)["title"]
