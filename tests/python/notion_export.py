"""Notion exports in their true format, for tests and for samples/notion.

A zip in a zip; CSV files with a byte order mark, CRLF and no line end after the last row; beside
each database its view, and a copy of a project's tasks in the folder of the projects, with its
columns in alphabetical order; a page for every row, whose file name holds the id and a cut title.

    PYTHONPATH=tests/python python -m notion_export samples/notion/<name>.zip
"""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from urllib.parse import quote

EXPORT = "Export-7d0f3c52-2a61-4d8e-9b1c-5e0a4f6b8c21"
TASK_COLUMNS = (
    *("Task name", "Status", "Assignee", "Due", "Priority", "Tags", "Project", "Parent-task"),
    *("Sub-tasks", "Blocked by", "Is blocking", "Created time", "Completed on"),
)
TASK_VIEW = ("Task name", "Status", "Assignee", "Due", "Project")
PROJECT_COLUMNS = ("Project name", "Status", "Owner", "Dates", "Priority", "Completion", "Tasks")
PROJECT_VIEW = ("Project name", "Status", "Owner", "Dates")
RELATIONS = {
    "Project": "Projects",
    "Tasks": "Tasks",
    "Parent-task": "Tasks",
    "Sub-tasks": "Tasks",
    "Blocked by": "Tasks",
    "Is blocking": "Tasks",
}
MOMENT = (2026, 10, 1, 9, 0, 0)

Row = Mapping[str, str]


def page_id(*names: str) -> str:
    """An id of 32 hexadecimal digits, always the same for the same names."""
    return md5("/".join(names).encode(), usedforsecurity=False).hexdigest()


def file_title(title: str) -> str:
    """A title as it stands in a file name."""
    return (
        re.sub(r"\s+", " ", re.sub(r'[/\\:*?"<>|]', " ", title)).strip()[:50].strip() or "Untitled"
    )


@dataclass
class Export:
    """An export of a page `Projects & Tasks` with both databases.

    A relation is written as the titles of its targets, joined by `|`.
    """

    tasks: Sequence[Row]
    projects: Sequence[Row] = ()
    task_columns: Sequence[str] = TASK_COLUMNS
    pages: bool = True
    folder: str = field(default=f"Projects & Tasks {page_id('top')}", repr=False)

    def page(self, database: str, title: str) -> str:
        """The path of a row's page, from the folder of the databases."""
        name = f"{file_title(title)} {page_id(database, title)}.md"
        return f"{database} {page_id(database)}/{name}"

    def files(self) -> dict[str, bytes]:
        """Path in the inner zip -> content, the export's own folder first."""
        found = {f"{self.folder}.md": b"# Projects & Tasks\n"}
        found |= self._database("Tasks", self.tasks, self.task_columns, TASK_VIEW)
        if self.projects:
            found |= self._database("Projects", self.projects, PROJECT_COLUMNS, PROJECT_VIEW)
        for project in self.projects:
            mine = [task for task in self.tasks if task.get("Project") == project["Project name"]]
            name = f"Tasks {page_id('view', project['Project name'])}.csv"
            at = f"{self.folder}/Projects {page_id('Projects')}/{name}"
            found[at] = self._csv(mine, sorted(self.task_columns), from_folder="../")
        return {f"{EXPORT}/{path}": content for path, content in found.items()}

    def _database(
        self, name: str, rows: Sequence[Row], columns: Sequence[str], view: Iterable[str]
    ) -> dict[str, bytes]:
        base = f"{self.folder}/{name} {page_id(name)}"
        visible = [column for column in view if column in columns]
        found = {
            f"{base}.csv": self._csv(rows, visible),
            f"{base}_all.csv": self._csv(rows, columns),
        }
        if self.pages:
            for row in rows:
                title = row[columns[0]]
                lines = [f"{column}: {row[column]}" for column in columns[1:] if row.get(column)]
                text = "\n".join([f"# {title}", "", *lines])
                found[f"{self.folder}/{self.page(name, title)}"] = text.encode()
        return found

    def _csv(self, rows: Sequence[Row], columns: Sequence[str], from_folder: str = "") -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([self._cell(row, column, from_folder) for column in columns])
        return ("\ufeff" + text.getvalue().removesuffix("\r\n")).encode()

    def _cell(self, row: Row, column: str, from_folder: str) -> str:
        cell = row.get(column, "")
        if not cell or column not in RELATIONS:
            return cell
        start = from_folder or f"{self.folder}/"
        targets = (
            f"{title} ({quote(start + self.page(RELATIONS[column], title), safe='/&(),')})"
            for title in cell.split("|")
        )
        return ", ".join(targets)

    def write(self, path: Path, *, junk: bool = False, level: int = 6) -> Path:
        """The export as a zip in a zip; `junk` adds what macOS adds, `level` packs it otherwise."""
        inner = zipped(self.files() | ({"__MACOSX/._x.csv": b"x"} if junk else {}), level)
        path.write_bytes(zipped({f"{EXPORT}-Part-1.zip": inner}, level))
        return path


def zipped(files: Mapping[str, bytes], level: int = 6) -> bytes:
    """A zip that is always the same for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


PROJECTS = (
    {
        "Project name": "Spring fair",
        "Status": "In progress",
        "Owner": "Robin Ashby",
        "Dates": "September 14, 2026 → October 30, 2026",
        "Priority": "High",
        "Completion": "0.25",
        "Tasks": "Rent tents|Print posters (A2, A3)|Proofread posters|Invite stall holders, again",
    },
    {
        "Project name": "Office move",
        "Status": "Planning",
        "Owner": "Dana Whitfield",
        "Dates": "November 2, 2026",
        "Priority": "Medium",
        "Completion": "0",
        "Tasks": "Measure the new rooms|Cancel the old lease",
    },
)
TASKS = (
    {
        "Task name": "Rent tents",
        "Status": "Done",
        "Assignee": "Robin Ashby",
        "Due": "September 18, 2026",
        "Priority": "High",
        "Tags": "Outdoor, Supplier",
        "Project": "Spring fair",
        "Created time": "September 1, 2026 9:12 AM",
        "Completed on": "September 17, 2026",
    },
    {
        "Task name": "Print posters (A2, A3)",
        "Status": "In progress",
        "Assignee": "Dana Whitfield, Robin Ashby",
        "Due": "October 5, 2026 → October 9, 2026",
        "Priority": "Medium",
        "Tags": "Marketing",
        "Project": "Spring fair",
        "Sub-tasks": "Proofread posters",
        "Blocked by": "Rent tents",
        "Created time": "September 1, 2026 9:15 AM",
    },
    {
        "Task name": "Proofread posters",
        "Status": "Not started",
        "Assignee": "Dana Whitfield",
        "Due": "October 2, 2026 4:30 PM",
        "Priority": "Low",
        "Tags": "Marketing",
        "Project": "Spring fair",
        "Parent-task": "Print posters (A2, A3)",
        "Created time": "September 2, 2026 1:52 PM",
    },
    {
        "Task name": "Invite stall holders, again",
        "Status": "Not started",
        "Tags": "Outdoor",
        "Project": "Spring fair",
        "Created time": "September 3, 2026 8:00 AM",
    },
    {
        "Task name": "Measure the new rooms",
        "Status": "Not started",
        "Assignee": "Robin Ashby",
        "Due": "November 3, 2026",
        "Project": "Office move",
        "Is blocking": "Cancel the old lease",
        "Created time": "September 4, 2026 10:30 AM",
    },
    {
        "Task name": "Cancel the old lease",
        "Status": "Not started",
        "Due": "November 30, 2026",
        "Priority": "High",
        "Project": "Office move",
        "Blocked by": "Measure the new rooms",
        "Created time": "September 4, 2026 10:31 AM",
    },
)
SAMPLE = Export(TASKS, PROJECTS)

if __name__ == "__main__":
    SAMPLE.write(Path(sys.argv[1]))
