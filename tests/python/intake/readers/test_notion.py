"""The records of a Notion export: each row once, with the id of its page."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_export import EXPORT, SAMPLE, Export, page_id, zipped
from qios.content.text_kinds import CSV
from qios.intake.archive.members import archive_kind
from qios.intake.archive.walk import walk
from qios.intake.batch import FileVersion
from qios.intake.readers import open_records
from qios.intake.readers.notion_pages import agreement, cleaned, pages_of
from qios.intake.sources import registered_sources
from qios.sources.recognize import claim_on_file

NOBODY = uuid.UUID(int=0)


def csv_files(path: Path) -> Iterator[FileVersion]:
    """The CSV files of an export, in a zip or unpacked."""
    if path.is_dir():
        paths = {str(found): "" for found in path.rglob("*.csv")}
    else:
        with path.open("rb") as stream:
            met = walk(stream, archive_kind(stream), str(path), path.stat().st_size)
        paths = {found.path: found.sha256 for found in met if found.path.endswith(".csv")}
    for at, sha256 in paths.items():
        yield FileVersion(NOBODY, NOBODY, 1, Path(at), sha256, 0)


def given_and_repeated(path: Path) -> tuple[dict[str, list[str]], int]:
    """(source key -> page ids and titles of the rows that are given, number of repeated rows)."""
    rows: dict[str, list[str]] = {}
    repeated = 0
    for version in csv_files(path):
        source, match = claim_on_file(version, CSV, None)
        with open_records(version, source, None) as records:
            title_at = match.positions["title"]
            for chunk in records.chunks():
                rows.setdefault(match.source_key, []).extend(
                    f"{row[0]} {row[title_at]}" for row in chunk.rows
                )
                repeated += len(chunk.repeated)
            assert records.read == sum(map(len, (chunk.rows, chunk.repeated)))
    return rows, repeated


def ids(database: str, *titles: str) -> list[str]:
    return [f"{page_id(database, title)} {title}" for title in titles]


EXPECTED = {
    "notion_tasks": ids("Tasks", *(task["Task name"] for task in SAMPLE.tasks)),
    "notion_projects": ids("Projects", *(row["Project name"] for row in SAMPLE.projects)),
}


def unpacked(export: Export, folder: Path) -> Path:
    for name, content in export.files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.mark.parametrize("make", [lambda folder: SAMPLE.write(folder / "e.zip"), None])
def test_six_tasks_in_eighteen_rows_are_six(tmp_path: Path, make) -> None:
    path = make(tmp_path) if make else unpacked(SAMPLE, tmp_path)
    assert given_and_repeated(path) == (EXPECTED, 14)


def parts() -> dict[str, dict[str, bytes]]:
    """The export cut in two: the databases in one part, their pages in the other."""
    cut = {f"{EXPORT}-Part-1.zip": {}, f"{EXPORT}-Part-2.zip": {}}
    for name, content in SAMPLE.files().items():
        cut[f"{EXPORT}-Part-{1 if name.endswith('.csv') else 2}.zip"][name] = content
    return cut


def in_one_zip(folder: Path) -> Iterator[Path]:
    zips = {name: zipped(files) for name, files in parts().items()}
    (folder / "e.zip").write_bytes(zipped(zips))
    yield folder / "e.zip"


def side_by_side(folder: Path) -> Iterator[Path]:
    for name, files in parts().items():
        (folder / name).write_bytes(zipped(files))
        yield folder / name


def side_by_side_and_unpacked(folder: Path) -> Iterator[Path]:
    for part, files in parts().items():
        for name, content in files.items():
            path = folder / part.removesuffix(".zip") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    yield folder


@pytest.mark.parametrize("laid_out", [in_one_zip, side_by_side, side_by_side_and_unpacked])
def test_the_parts_of_an_export_belong_together(tmp_path: Path, laid_out) -> None:
    given = [given_and_repeated(path) for path in list(laid_out(tmp_path))]
    assert {source: found for rows, _ in given for source, found in rows.items()} == EXPECTED
    assert sum(repeated for _, repeated in given) == 14


def test_a_part_that_cannot_be_read_leaves_its_rows_without_ids(tmp_path: Path) -> None:
    first, second = list(side_by_side(tmp_path))
    second.write_bytes(second.read_bytes()[:-30])
    rows, _ = given_and_repeated(first)
    assert rows["notion_tasks"] == [f" {task['Task name']}" for task in SAMPLE.tasks]


def test_the_sample_in_the_repository_is_this_export(tmp_path: Path) -> None:
    (sample,) = (Path(__file__).parents[4] / "samples" / "notion").glob("*.zip")
    assert sample.read_bytes() == SAMPLE.write(tmp_path / "e.zip").read_bytes()


def test_without_pages_each_row_is_given_once_and_has_no_id(tmp_path: Path) -> None:
    path = replace(SAMPLE, pages=False).write(tmp_path / "e.zip")
    rows, repeated = given_and_repeated(path)
    assert rows["notion_tasks"] == [f" {task['Task name']}" for task in SAMPLE.tasks]
    assert repeated == 14


def test_a_view_of_the_same_bytes_is_read_itself(tmp_path: Path) -> None:
    """Of the two only the first is registered as a file."""
    columns = ("Task name", "Status", "Assignee", "Due", "Project")
    path = Export(SAMPLE.tasks, task_columns=columns).write(tmp_path / "e.zip")
    view, everything = csv_files(path)
    assert view.sha256 == everything.sha256
    with open_records(view, registered_sources()["notion_tasks"], None) as records:
        assert [len(chunk.rows) for chunk in records.chunks()] == [6]


def test_a_row_that_only_a_view_has_is_given(tmp_path: Path) -> None:
    files = SAMPLE.files()
    (view,) = (name for name in files if name.endswith(f"Tasks {page_id('Tasks')}.csv"))
    files[view] += b"\r\nOnly here,Done,,,"
    path = tmp_path / "e.zip"
    path.write_bytes(zipped(files))
    rows, repeated = given_and_repeated(path)
    assert sorted(rows["notion_tasks"]) == sorted([" Only here", *EXPECTED["notion_tasks"]])
    assert repeated == 14


def test_another_database_of_the_same_name_is_not_a_view(tmp_path: Path) -> None:
    files = SAMPLE.files()
    other = page_id("other")
    files[f"Tasks {other}.csv"] = b"Task name,Status,Due\r\nRent tents,Done,"
    files[f"Tasks {other}/Rent tents {page_id('x')}.md"] = b"# Rent tents"
    path = tmp_path / "e.zip"
    path.write_bytes(zipped(files))
    rows, _ = given_and_repeated(path)
    assert f"{page_id('x')} Rent tents" in rows["notion_tasks"]


def no_score(row: int, page: str) -> int:
    raise AssertionError("asked without need")


def test_titles_are_matched_as_file_names_have_them() -> None:
    long = "Prepare the yearly report for the board and all of its committees"
    titles = ["Plan: Q3/Q4?", "  spaced ", long, "", "Café ☕", "lost"]
    pages = {
        "p1": "Plan Q3 Q4",
        "p2": "spaced",
        "p3": long[:50],
        "p4": "Untitled",
        "p5": "Cafe\u0301 ☕",
        "p6": "Pl",
    }
    found = {0: "p1", 1: "p2", 2: "p3", 3: "p4", 4: "p5"}
    assert pages_of(titles, pages, no_score) == found


def test_twins_are_told_apart_by_what_their_pages_say() -> None:
    texts = {
        "p1": "# Call back\n\nStatus: Done\nAssignee: Dana",
        "p2": "# Call back\n\nStatus: Not started\nAssignee: Robin",
        "p3": "# Call back!\n\nStatus: Not started\nAssignee: Robin",
    }
    rows = [
        ("Call back!", {"Status": "Not started", "Assignee": "Robin"}),
        ("Call back", {"Status": "Not started", "Assignee": "Robin"}),
        ("Call back", {"Status": "Done", "Assignee": "Dana"}),
    ]

    def score(row: int, page: str) -> int:
        title, cells = rows[row]
        return agreement(texts[page], title, cells)

    titles = [title for title, _ in rows]
    pages = dict.fromkeys(texts, "Call back")
    assert pages_of(titles, pages, score) == {0: "p3", 1: "p2", 2: "p1"}


def test_too_many_of_one_title_are_not_compared() -> None:
    pages = {f"p{n}": "Untitled" for n in range(101)}
    assert pages_of([""] * 100 + ["other"], pages, no_score) == {}


@given(st.lists(st.text(max_size=12), max_size=8), st.lists(st.text(max_size=12), max_size=8))
def test_no_page_is_two_rows(titles: list[str], names: list[str]) -> None:
    pages = {f"p{n}": name for n, name in enumerate(names)}
    found = pages_of(titles, pages, lambda row, page: 0)
    assert len(set(found.values())) == len(found)
    for row, page in found.items():
        assert cleaned(titles[row]) == cleaned(pages[page])
